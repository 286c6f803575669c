-- Only the application says whose rows a transaction works on.
select format('function %s', c.name) as object, format('revoke execute on routine %s from %s', c.name, c.grantee) as remedy
from callable c
join pg_proc p on p.oid = c.oid
join pg_namespace n on n.oid = p.pronamespace
where n.nspname <> 'app' and (p.prosrc ~* 'app\.(user_id|context)' or array_to_string(p.proconfig, ' ') ~* 'app\.(user_id|context)=')
union all
select format('trigger %I on %s', t.name, t.relation), format('drop trigger %I on %s', t.name, t.relation)
from trigger t
join pg_proc p on p.oid = t.function
join pg_namespace n on n.oid = p.pronamespace
where n.nspname <> 'app' and (p.prosrc ~* 'app\.(user_id|context)' or array_to_string(p.proconfig, ' ') ~* 'app\.(user_id|context)=')
