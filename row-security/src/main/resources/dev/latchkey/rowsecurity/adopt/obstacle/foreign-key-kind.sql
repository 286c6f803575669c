select format('%I on %s', f.name, f.child_name) as object,
  case
    when f.on_update in ('n', 'd') then 'add it again without ON UPDATE SET: it would change owner_id'
    when f.match = 'f' then 'add it again as MATCH SIMPLE, or set its columns not null'
    else 'drop it: it is not enforced, or about periods'
  end as remedy
from foreign_key f join pg_constraint c on c.oid = f.oid
where f.on_update in ('n', 'd') or f.match = 'f' and cardinality(f.conkey) > 1 and f.nullable
  or to_jsonb(c) ->> 'conperiod' = 'true' or to_jsonb(c) ->> 'conenforced' = 'false'
