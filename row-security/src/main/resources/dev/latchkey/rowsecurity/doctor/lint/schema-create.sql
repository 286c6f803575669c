select format('schema %I: CREATE to %s', n.nspname, who.name) as object,
  format('revoke create on schema %I from %s', n.nspname, who.name) as remedy
from pg_namespace n
cross join lateral aclexplode(n.nspacl) a
join grantee g on g.oid = a.grantee
cross join lateral (select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as name) who
where a.privilege_type = 'CREATE' and a.grantee <> n.nspowner
