select format('%I on %s', f.conname, r.name) as object,
  format('alter table %s drop constraint %I, and add it again as (owner_id, …) references %s (owner_id, …)',
    r.name, f.conname, f.confrelid::regclass) as remedy
from relation r
join pg_constraint f on f.conrelid = r.oid and f.contype = 'f' and f.conparentid = 0
join pg_class c on c.oid = f.confrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_attribute parent on parent.attrelid = f.confrelid and parent.attname = 'owner_id' and not parent.attisdropped
where (f.conkey[1] is distinct from r.owner_id or f.confkey[1] <> parent.attnum)
  and not (parent.attnum is null and exists (
    select from declared d where d.table_schema = n.nspname and d.table_name = c.relname))
