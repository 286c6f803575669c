select s.name as object, 'shared, to be read' as work,
  array(select format('revoke all on table %s from %s', s.name, g.name) from grantee g where g.relation = s.oid and g.name in ('public', r.quoted))
    || array[
    format('alter table %s enable row level security', s.name),
    format('create policy shared_readable on %s for select using (true)', s.name),
    format($$insert into app.declared_policy values (%L, %L, 'shared_readable', 'Shared between owners')$$, s.schema, s.relname),
    format('grant select on table %s to %s', s.name, r.quoted)] || opened.statements as statements,
  array[
    format($$delete from app.declared_policy where (table_schema, table_name, policy_name) = (%L, %L, 'shared_readable')$$, s.schema, s.relname),
    format('drop policy shared_readable on %s', s.name),
    format('alter table %s disable row level security', s.name)]
    || og.statements || opened.undo as undo
from app_role r, shared s
join opened on opened.schema = s.schema
join original_grants og on og.relation = s.oid
where not s.secured
