select f.child_name as object, format('foreign key %I', f.name) as work,
  array[
    format('alter table %s drop constraint %I', f.child_name, f.name),
    format('alter table %s rename constraint %I to %I', f.child_name, f.owned_name, f.name)]
    || comments.statements as statements,
  array[
    format('alter table %s rename constraint %I to %I', f.child_name, f.name, f.owned_name),
    format('alter table %s add constraint %I %s', f.child_name, f.name,
      f.definition || case when f.validated then ' not valid' else '' end)]
    || comments.statements as undo
from foreign_key f
cross join lateral (
  select case when obj_description(f.oid, 'pg_constraint') is null then '{}' else array[
    format('comment on constraint %I on %s is %L', f.name, f.child_name, obj_description(f.oid, 'pg_constraint'))] end as statements
) comments
