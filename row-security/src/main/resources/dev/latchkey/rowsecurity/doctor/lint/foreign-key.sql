select distinct format('%I on %s', f.conname, part.name) as object,
  case
    when o.attnum is null or parent.attnum is null or o.attnum = any (f.conkey) or parent.attnum = any (f.confkey) then
      format('alter table %s drop constraint %I, and add it again as (owner_id, …) references %s (owner_id, …)',
        part.name, f.conname, f.confrelid::regclass)
    else
      case when not exists (
        select from pg_index i
        where i.indrelid = f.confrelid and i.indisunique and i.indpred is null and i.indexprs is null and i.indnkeyatts = cardinality(f.confkey) + 1
          and i.indkey::int2[] @> (f.confkey || parent.attnum)
      ) then format('alter table %s add unique (owner_id, %s); ', f.confrelid::regclass, referred.list) else '' end
      || format('alter table %s drop constraint %I, add constraint %2$I foreign key (owner_id, %s) references %s (owner_id, %s)',
        part.name, f.conname, referring.list, f.confrelid::regclass, referred.list)
      -- To let go of the reference is not to let go of the owner.
      || regexp_replace(substring(pg_get_constraintdef(f.oid) from 'REFERENCES [^(]+\([^)]*\)(.*)$'),
        'ON DELETE SET (NULL|DEFAULT)(?! \()', format('ON DELETE SET \1 (%s)', referring.list))
  end as remedy
from part
left join pg_attribute o on o.attrelid = part.oid and o.attname = 'owner_id' and not o.attisdropped
join pg_constraint f on f.conrelid = part.oid and f.contype = 'f' and f.conparentid = 0
join pg_class c on c.oid = f.confrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_attribute parent on parent.attrelid = f.confrelid and parent.attname = 'owner_id' and not parent.attisdropped
cross join lateral (
  select string_agg(quote_ident(a.attname), ', ' order by k.position) as list
  from unnest(f.conkey) with ordinality k (attnum, position)
  join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum) referring
cross join lateral (
  select string_agg(quote_ident(a.attname), ', ' order by k.position) as list
  from unnest(f.confkey) with ordinality k (attnum, position)
  join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum) referred
where (f.conkey[1] is distinct from o.attnum or f.confkey[1] <> parent.attnum)
  and not (parent.attnum is null and exists (
    select from declared d where d.table_schema = n.nspname and d.table_name = c.relname))
