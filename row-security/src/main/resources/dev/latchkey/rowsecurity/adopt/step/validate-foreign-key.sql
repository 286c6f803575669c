select f.child_name as object, format('foreign key for %I holds for every row', f.name) as work,
  array[format('alter table %s validate constraint %I', f.child_name, f.owned_name)] as statements,
  '{}'::text[] as undo
from foreign_key f where f.validated
