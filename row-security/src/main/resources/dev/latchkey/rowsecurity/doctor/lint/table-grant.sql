select format('%s: %s to %s', r.name, string_agg(distinct what.privilege, ', '), who.name) as object,
  format('revoke %s on %s from %s', string_agg(distinct what.remedy, ', '), r.name, who.name) as remedy
from relation r
join granted g on g.relation = r.oid
cross join lateral (select case g.grantee when 0 then 'public' else g.grantee::regrole::text end as name) who
cross join lateral (
  select g.privilege_type || case when g.is_grantable then ' with grant option' else '' end as privilege,
    case when g.is_grantable then 'all' else lower(g.privilege_type) end as remedy
) what
where g.is_grantable or g.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  or g.grantee = 0 and r.oid in (select oid from owned)
group by r.name, who.name
