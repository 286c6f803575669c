select taken.name as object, 'rename it: adopt needs the name for the time of its work' as remedy
from (
  select format('%I.%I', schema, unnest(array[owned_name, before_name])) as name from unique_key
) taken
where to_regclass(taken.name) is not null
union all
select format('%I on %s', f.owned_name, f.child_name), 'rename it: adopt needs the name for the time of its work'
from foreign_key f join pg_constraint c on c.conrelid = f.child and c.conname = f.owned_name
