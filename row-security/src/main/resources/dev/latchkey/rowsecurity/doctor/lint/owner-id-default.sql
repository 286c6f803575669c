select r.name || '.owner_id' as object,
  format('alter table %s alter column owner_id set default app.current_owner()', r.name) as remedy
from owned r
left join pg_attrdef d on d.adrelid = r.oid and d.adnum = r.owner_id
where pg_get_expr(d.adbin, d.adrelid) is distinct from 'app.current_owner()'
