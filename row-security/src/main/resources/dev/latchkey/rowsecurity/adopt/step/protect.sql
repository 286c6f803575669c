-- What observes gives way to the standard policy in one transaction: there is no moment without either.
select t.name as object, 'protected' as work,
  o.undo || array[
    format('drop trigger row_security_adopt on %s', t.name),
    format('select app.protect(%L, %L)', t.name, r.quoted)] as statements,
  array[format('drop policy owner_isolation on %s', t.name), a.definition] || o.statements || g.undo || g.statements as undo
from app_role r, target t
join observing o on o.relation = t.oid
join app_grants g on g.relation = t.oid
join adopt_trigger a on a.relation = t.oid
