select t.name as object, 'checks of owner_id' as work,
  array[
    format($$alter table %s add constraint owner_id_valid check (owner_id <> '') not valid$$, t.name),
    format('alter table %s add constraint owner_id_present check (owner_id is not null) not valid', t.name)] as statements,
  '{}'::text[] as undo
from target t
