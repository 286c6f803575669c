-- The validated check spares SET NOT NULL its scan, as long as it is still there.
select t.name as object, 'owner_id not null' as work,
  array[
    format('alter table %s alter column owner_id set not null', t.name),
    format('alter table %s drop constraint owner_id_present', t.name)] as statements,
  '{}'::text[] as undo
from target t
