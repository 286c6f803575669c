select i.indexrelid::regclass || ' on ' || r.name as object,
  coalesce(format('alter table %s drop constraint %I', r.name, c.conname), format('drop index %s', i.indexrelid::regclass))
    || ', and add it again beginning with owner_id' as remedy
from owned r
join pg_index i on i.indrelid = r.oid and (i.indisunique or i.indisexclusion) and not i.indisprimary and i.indkey[0] <> r.owner_id
left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = r.oid and c.contype in ('u', 'x')
