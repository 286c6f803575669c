-- A key does for the rest: it will begin with owner_id, unless it is one of some rows only.
select t.name as object, case when newest then 'index for the newest first' else 'index for an owner''s rows' end as work,
  array[
    format('drop index concurrently if exists %I.%I', t.schema, index_name),
    format('create index concurrently %I on %s (owner_id%s)', index_name, t.name, case when newest then ', updated_at desc, id' else '' end)] as statements,
  '{}'::text[] as undo
from target t
cross join lateral (
  select 2 = count(*) as newest from pg_attribute a where a.attrelid = t.oid and a.attname in ('updated_at', 'id') and not a.attisdropped
) columns
cross join lateral (
  select case
    when not newest then case when octet_length(t.relname) <= 50 then t.relname || '_owner_id_idx' else 'owned_' || md5(t.relname) end
    when octet_length(t.relname) <= 35 then t.relname || '_owner_id_updated_at_id_idx'
    else 'newest_' || md5(t.relname) end as index_name
) named
where newest or not exists (select from pg_index i where i.indrelid = t.oid and i.indisunique and i.indpred is null)
