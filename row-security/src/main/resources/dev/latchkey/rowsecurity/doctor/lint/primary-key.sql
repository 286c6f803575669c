-- A table without a primary key tells nothing.
select r.name as object,
  format('alter table %s drop constraint %I, add primary key (owner_id, %s)', r.name,
    (select c.conname from pg_constraint c where c.conrelid = r.oid and c.contype = 'p'),
    (select string_agg(quote_ident(a.attname), ', ' order by k.position)
      from unnest(i.indkey::int2[]) with ordinality k (attnum, position)
      join pg_attribute a on a.attrelid = r.oid and a.attnum = k.attnum
      where a.attname <> 'owner_id')) as remedy
from owned r
join pg_index i on i.indrelid = r.oid and i.indisprimary
where (i.indkey[0] <> r.owner_id or not i.indisvalid) and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)
