select r.name as object,
  format('select app.protect(%L, %L)', r.name, login.name)
    || ', or if all owners share it: enable row level security, create a policy, and name that in app.declared_policy' as remedy
from login, relation r
where r.kind in ('r', 'p') and r.owner_id is null and not r.shared and not r.child
