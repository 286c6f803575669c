select i.indexrelid::regclass || ' on ' || r.name as object,
  case
    when c.oid is null then format('drop index %s', i.indexrelid::regclass)
    else format('alter table %s drop constraint %I', r.name, c.conname)
  end || ', and add it again beginning with owner_id' as remedy
from owned r
join pg_index i on i.indrelid = r.oid and (i.indisunique or i.indisexclusion) and not i.indisprimary and i.indkey[0] <> r.owner_id
left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = r.oid and c.contype in ('u', 'x')
