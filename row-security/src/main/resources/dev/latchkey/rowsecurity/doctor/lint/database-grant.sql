select format('database %I: %s to %s', d.datname, a.privilege_type, who.name) as object,
  format('revoke %s on database %I from %s', lower(a.privilege_type), d.datname, who.name) as remedy
from pg_database d
cross join lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
join grantee g on g.oid = a.grantee
cross join lateral (select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as name) who
where d.datname = current_database() and a.privilege_type in ('CREATE', 'TEMPORARY') and a.grantee <> d.datdba
