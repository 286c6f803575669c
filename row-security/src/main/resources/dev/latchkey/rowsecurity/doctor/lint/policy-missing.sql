select r.name as object, format('select app.protect(%L, %L)', r.name, login.name) as remedy
from login, owned r
where r.guarded and not exists (select from policy p where p.relation = r.oid and p.standard and p.everybodys)
