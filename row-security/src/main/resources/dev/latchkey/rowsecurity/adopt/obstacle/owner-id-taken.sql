select t.name || '.owner_id' as object, 'give row security''s column another name in this database: --owner-column row_owner' as remedy
from target t join pg_attribute a on a.attrelid = t.oid and a.attname = 'owner_id' and not a.attisdropped
