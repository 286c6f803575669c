select t.name as object, 'checks of owner_id hold for every row' as work,
  array[
    format('alter table %s validate constraint owner_id_valid', t.name),
    format('alter table %s validate constraint owner_id_present', t.name)] as statements,
  '{}'::text[] as undo
from target t
