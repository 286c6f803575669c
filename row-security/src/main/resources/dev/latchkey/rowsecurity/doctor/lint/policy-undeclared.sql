select format('policy %I on %s', p.name, r.name) as object,
  case p.name
    when 'owner_isolation' then format('select app.protect(%L, %L)', r.name, login.name)
    else format('drop policy %I on %s', p.name, r.name)
  end as remedy
from login, policy p
join relation r on r.oid = p.relation
where not p.standard and not p.declared
