select format('policy %I on %s', p.name, r.name) as object, format('drop policy %I on %s', p.name, r.name) as remedy
from policy p
join relation r on r.oid = p.relation
where not p.standard and not p.declared
