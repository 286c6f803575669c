-- Dropped first: a run that was killed leaves an invalid index behind.
select k.table_name as object, format('unique index for %I', k.name) as work,
  array[
    format('drop index concurrently if exists %I.%I', k.schema, k.owned_name),
    format('create unique index concurrently %I on %s using btree (owner_id, %s', k.owned_name, k.table_name, k.definition)] as statements,
  '{}'::text[] as undo
from unique_key k
