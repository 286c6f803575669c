select t.name as object, 'row security that observes' as work,
  g.statements || o.statements
    || array[format('alter table %s enable row level security, force row level security', t.name)] as statements,
  array[format('alter table %s no force row level security, disable row level security', t.name)] || o.undo || g.undo || opened.undo as undo
from target t
join opened on opened.schema = t.schema
join observing o on o.relation = t.oid
join app_grants g on g.relation = t.oid
