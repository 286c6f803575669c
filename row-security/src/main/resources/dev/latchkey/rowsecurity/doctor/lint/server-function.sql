-- What Postgres, or an extension that reaches out of the database or under its tables, keeps for administrators. Postgres notes in
-- pg_init_privs what it took from PUBLIC when it was set up.
select 'function ' || p.oid::regprocedure as object,
  format('revoke execute on routine %s from %s', p.oid::regprocedure, g.name) as remedy
from pg_proc p
join pg_init_privs i on i.classoid = 'pg_proc'::regclass and i.objoid = p.oid and i.privtype = 'i'
cross join lateral aclexplode(p.proacl) a
join grantee g on g.oid = a.grantee
where p.oid < 16384 and a.grantee <> p.proowner and p.proname !~ '^lo_'
  and not exists (
    select from aclexplode(i.initprivs) n where n.grantee = a.grantee and n.privilege_type = a.privilege_type)
union all
select format('extension %I', e.extname),
  format('revoke execute on routine %s from %s', string_agg(c.name, ', ' order by c.name), c.grantee)
from callable c
join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = c.oid and d.deptype = 'e' and d.refclassid = 'pg_extension'::regclass
join pg_extension e on e.oid = d.refobjid
where e.extname in (
  'adminpack', 'dblink', 'file_fdw', 'http', 'lo', 'pageinspect', 'pg_buffercache', 'pg_cron', 'pg_freespacemap', 'pg_net', 'pg_prewarm',
  'pg_stat_statements', 'pg_surgery', 'pg_visibility', 'pg_walinspect', 'pgrowlocks', 'pgstattuple', 'plperlu', 'plpython3u', 'pltclu',
  'postgres_fdw', 'xml2')
group by e.extname, c.grantee
