select 'foreign table ' || r.name as object, format('revoke all on %s from %s', r.name, who.name) as remedy
from relation r
join (select distinct relation, grantee from granted) g on g.relation = r.oid
cross join lateral (select case g.grantee when 0 then 'public' else g.grantee::regrole::text end as name) who
where r.kind = 'f'
