select f.child_name as object, format('%I before', f.name) as work,
  '{}'::text[] as statements,
  array[format('alter table %s validate constraint %I', f.child_name, f.name)] as undo
from foreign_key f where f.validated
