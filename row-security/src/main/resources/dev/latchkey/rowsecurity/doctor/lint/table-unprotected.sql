select r.name as object, format('select app.protect(%L, %L)', r.name, login.rolname) as remedy
from login, owned r
where not r.secured and not r.child and not exists (select from pg_policy p where p.polrelid = r.oid)
