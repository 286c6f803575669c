select t.name as object, 'name it once: with --shared, or without' as remedy
from target t where t.oid in (select oid from shared)
