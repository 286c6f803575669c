select t.name as object, format('alter table %s add column %I, or name the table with --shared', t.name, request.user_column) as remedy
from request, mapping m, target t
where m.told_apart and t.oid not in (select relation from user_column)
