select t.name as object, 'protect it by hand with app.protect(); its keys cannot be built online' as remedy
from target t
where t.kind <> 'r' or exists (select from pg_inherits i where t.oid in (i.inhrelid, i.inhparent))
