-- A parent's policy does not guard its children when they are named themselves; and a parent without the policy shows them all.
select r.name as object, format('revoke all on %s from %s', r.name, who.name) as remedy
from relation r
join (select distinct relation, grantee from granted) g on g.relation = r.oid
cross join lateral (select case g.grantee when 0 then 'public' else g.grantee::regrole::text end as name) who
where r.kind in ('r', 'p') and r.child and not r.secured
union all
select format('%s, through %s', i.inhrelid::regclass, r.name), format('alter table %s no inherit %s', i.inhrelid::regclass, r.name)
from relation r
join pg_inherits i on i.inhparent = r.oid
join pg_attribute a on a.attrelid = i.inhrelid and a.attname = 'owner_id' and not a.attisdropped
where r.kind in ('r', 'p') and r.owner_id is null
