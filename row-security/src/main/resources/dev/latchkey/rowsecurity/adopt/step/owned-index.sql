select i.table_name as object, i.purpose as work,
  array[
    format('drop index concurrently if exists %I.%I', i.schema, i.name),
    format('create index concurrently %I on %s (%s)', i.name, i.table_name, i.columns)] as statements,
  '{}'::text[] as undo
from owned_index i
