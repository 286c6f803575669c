select t.name || '.owner_id' as object, format('alter table %s rename column owner_id to <another name>', t.name) as remedy
from target t join pg_attribute a on a.attrelid = t.oid and a.attname = 'owner_id' and not a.attisdropped
