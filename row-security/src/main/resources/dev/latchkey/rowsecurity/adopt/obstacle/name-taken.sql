select taken.name as object, 'rename it: adopt needs the name for the time of its work' as remedy
from (
  select format('%I.%I', schema, unnest(array[owned_name, before_name])) as name from unique_key
  union all
  select format('%I.%I', schema, name) from owned_index
) taken
where to_regclass(taken.name) is not null
union all
select format('%I on %s', f.owned_name, f.child_name), 'rename it: adopt needs the name for the time of its work'
from foreign_key f join pg_constraint c on c.conrelid = f.child and c.conname = f.owned_name
union all
select format('%I on %s', c.conname, t.name), format('alter table %s rename constraint %I to another name', t.name, c.conname)
from target t join pg_constraint c on c.conrelid = t.oid and c.conname in ('owner_id_valid', 'owner_id_present')
union all
select format('%I on %s', g.tgname, t.name), format('alter trigger %I on %s rename to another name', g.tgname, t.name)
from target t join pg_trigger g on g.tgrelid = t.oid and g.tgname = 'row_security_adopt'
