select format('%I on %s', x.relname, t.name) as object,
  case
    when i.indisexclusion then 'drop it, and add it again beginning with owner_id with = after adopting'
    when not i.indisvalid then format('drop index %s', i.indexrelid::regclass)
    else 'drop it, or take columns out of it: an index has 32 at most'
  end as remedy
from target t join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid
where i.indisexclusion or i.indisunique and (not i.indisvalid or i.indnatts >= 32)
