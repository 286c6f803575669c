-- What the role cannot reach yet is not granted to it on the way.
select r.name as object,
  case
    when r.reached then format('select app.protect(%L, %L)', r.name, login.name)
    else format('alter table %s enable row level security, force row level security', r.name)
  end as remedy
from login, relation r
where r.kind in ('r', 'p') and r.owner_id is not null and not r.guarded and not r.child
