-- What the application works with stays, without the right to hand it on.
select format('%s: %s to %s', r.name, string_agg(distinct what.privilege, ', '), who.name) as object,
  concat_ws('; ',
    'revoke ' || string_agg(distinct lower(g.privilege_type), ', ') filter (where not what.works)
      || format(' on %s from %s cascade', r.name, who.name),
    'revoke grant option for ' || string_agg(distinct lower(g.privilege_type), ', ') filter (where what.works)
      || format(' on %s from %s cascade', r.name, who.name)) as remedy
from relation r
join granted g on g.relation = r.oid
cross join lateral (select case g.grantee when 0 then 'public' else g.grantee::regrole::text end as name) who
cross join lateral (
  select g.privilege_type || case when g.is_grantable then ' with grant option' else '' end as privilege,
    g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') and not (g.grantee = 0 and r.oid in (select oid from owned)) as works
) what
where g.is_grantable or not what.works
group by r.name, who.name
