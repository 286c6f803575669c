select r.name as object, format('select app.protect(%L, %L)', r.name, login.name) as remedy
from login, relation r
where r.kind in ('r', 'p') and r.owner_id is not null and not r.guarded and not r.child
