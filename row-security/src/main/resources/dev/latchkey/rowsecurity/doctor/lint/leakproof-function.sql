-- Those of extensions are left to their authors.
select 'function ' || c.name as object, format('alter function %s not leakproof', c.name) as remedy
from callable c
join pg_proc p on p.oid = c.oid and p.proleakproof
where p.oid not in (select oid from current_owner)
  and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
group by c.name
