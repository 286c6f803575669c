select t.name as object, 'index for the newest first' as work,
  array[
    format('drop index concurrently if exists %I.%I', t.schema, index_name),
    format('create index concurrently %I on %s (owner_id, updated_at desc, id)', index_name, t.name)] as statements,
  '{}'::text[] as undo
from target t
cross join lateral (
  select case
    when octet_length(t.relname) <= 35 then t.relname || '_owner_id_updated_at_id_idx' else 'newest_' || md5(t.relname) end as index_name
) named
where 2 = (
  select count(*) from pg_attribute a where a.attrelid = t.oid and a.attname in ('updated_at', 'id') and not a.attisdropped)
