-- A constant default is kept in the catalogue: the rows that are there are not rewritten. The trigger comes in the same transaction, so
-- that no row is ever without an owner.
select t.name as object, 'owner_id' as work,
  array[
    format('alter table %s add column owner_id text default %s', t.name, m.legacy),
    format('alter table %s alter column owner_id set default app.current_owner()', t.name),
    a.definition] as statements,
  array[
    format('drop trigger row_security_adopt on %s', t.name),
    format('alter table %s drop column owner_id', t.name)] as undo
from mapping m, target t join adopt_trigger a on a.relation = t.oid
