select f.child_name as object, format('foreign key for %I', f.name) as work,
  array[format('alter table %s add constraint %I %s not valid', f.child_name, f.owned_name, f.owned_definition)] as statements,
  array[format('alter table %s drop constraint %I', f.child_name, f.owned_name)] as undo
from foreign_key f
