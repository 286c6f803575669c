select format('function %s', p.oid::regprocedure) as object,
  format('revoke execute on function %s from %s', p.oid::regprocedure, who.name) as remedy
from pg_proc p
join schema s on s.oid = p.pronamespace
cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
join grantee g on g.oid = a.grantee
cross join lateral (select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as name) who
where p.prosecdef and a.grantee <> p.proowner
  -- What that one does is looked at by current-owner-definition.
  and p.oid not in (select oid from current_owner)
