select r.name || '.owner_id' as object, format('alter table %s alter column owner_id type text', r.name) as remedy
from owned r
join pg_attribute a on a.attrelid = r.oid and a.attnum = r.owner_id
where a.atttypid <> 'text'::regtype or a.attgenerated <> ''
