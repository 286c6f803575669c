select r.name as object,
  format('alter table %s %sadd primary key (owner_id, %s)', r.name,
    (select format('drop constraint %I, ', c.conname) from pg_constraint c where c.conrelid = r.oid and c.contype = 'p'),
    coalesce((
      select string_agg(quote_ident(a.attname), ', ' order by k.position)
      from pg_index i
      cross join unnest(i.indkey::int2[]) with ordinality k (attnum, position)
      join pg_attribute a on a.attrelid = r.oid and a.attnum = k.attnum
      where i.indrelid = r.oid and i.indisprimary and a.attname <> 'owner_id'),
      (select 'id' from pg_attribute a where a.attrelid = r.oid and a.attname = 'id' and not a.attisdropped), '…')) as remedy
from owned r
where not exists (select from pg_index i where i.indrelid = r.oid and i.indisprimary and i.indkey[0] = r.owner_id and i.indisvalid)
