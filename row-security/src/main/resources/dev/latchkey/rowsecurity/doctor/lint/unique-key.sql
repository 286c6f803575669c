select distinct i.indexrelid::regclass || ' on ' || part.name as object,
  case
    when c.oid is null then format('drop index %s; %s', i.indexrelid::regclass,
      regexp_replace(definition, ' USING (\w+) \(', ' USING \1 (owner_id, '))
    else format('alter table %s drop constraint %I, add constraint %2$I %s', part.name, c.conname,
      regexp_replace(definition, '\(', case c.contype when 'x' then '(owner_id WITH =, ' else '(owner_id, ' end))
  end as remedy
from part
join owned root on root.oid = part.root
join pg_attribute o on o.attrelid = part.oid and o.attname = 'owner_id' and not o.attisdropped
join pg_index i on i.indrelid = part.oid and (i.indisunique or i.indisexclusion)
left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = part.oid and c.contype in ('p', 'u', 'x')
cross join lateral regexp_replace(
  coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)), ', owner_id( WITH =)?(?=[,)])', '') definition
where not (i.indisprimary and part.oid in (select oid from owned))
  and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)
  and (i.indkey[0] <> o.attnum or i.indcollation[0] <> o.attcollation
    or c.contype = 'x' and c.conexclop[1] <> 'pg_catalog.=(text,text)'::regoperator)
