select k.table_name as object, format('index for %I as it was', k.name) as work,
  '{}'::text[] as statements,
  array[
    format('drop index concurrently if exists %I.%I', k.schema, k.before_name),
    format('create unique index concurrently %I on %s using btree (%s', k.before_name, k.table_name, k.definition)] as undo
from unique_key k
