select distinct format('%I on %s', f.conname, part.name) as object,
  case
    when child.shared then format('alter table %s drop constraint %I', part.name, f.conname)
    when o.attnum = any (f.conkey) or parent.attnum = any (f.confkey) then
      '-- owner_id stands for something else in it: add it again as (owner_id, …) references (owner_id, …), or see adopt --owner-column'
    else
      concat(
        case when o.attnum is null then format('alter table %s add column if not exists owner_id text not null default app.current_owner(); ', part.name) end,
        case when parent.attnum is null then
          format('alter table %s add column if not exists owner_id text not null default app.current_owner(); ', f.confrelid::regclass) end,
        case when not exists (
          select from pg_index i
          where i.indrelid = f.confrelid and i.indisunique and i.indpred is null and i.indexprs is null and i.indnkeyatts = cardinality(f.confkey) + 1
            and i.indkey::int2[] @> (f.confkey || parent.attnum)
        -- Another foreign key may need the same.
        ) then format('create unique index if not exists %I on %s (owner_id, %s); ',
          left(c.relname, 40) || '_owned_' || left(md5(referred.list), 8), f.confrelid::regclass, referred.list) end,
        format('alter table %s drop constraint %I, add constraint %2$I foreign key (owner_id, %s) references %s (owner_id, %s)',
          part.name, f.conname, referring.list, f.confrelid::regclass, referred.list),
        -- To let go of the reference is not to let go of the owner.
        regexp_replace(
          regexp_replace(pg_get_constraintdef(f.oid), '^.*? REFERENCES (?:"[^"]*"|[^("])+\((?:"[^"]*"|[^)"])*\)', ''),
          'ON DELETE SET (NULL|DEFAULT)(?! \()', format('ON DELETE SET \1 (%s)', referring.list)),
        case when o.attnum is null or parent.attnum is null then
          ' -- bound to whom the rows belong; or adopt the tables, or declare what is referred to as shared' end)
  end as remedy
from part
left join pg_attribute o on o.attrelid = part.oid and o.attname = 'owner_id' and not o.attisdropped
join pg_constraint f on f.conrelid = part.oid and f.contype = 'f' and f.conparentid = 0
join pg_class c on c.oid = f.confrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_attribute parent on parent.attrelid = f.confrelid and parent.attname = 'owner_id' and not parent.attisdropped
cross join lateral (
  select exists (
    select from declared d join pg_class x on x.relname = d.table_name join pg_namespace y on y.oid = x.relnamespace and y.nspname = d.table_schema
    where x.oid = part.oid) as shared) child
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
