-- With session_replication_role = replica foreign keys and triggers do not run; a role or an authorization is somebody else's.
select format('%s for %s', setting.name, scope.name) as object, format('alter %s reset %s', scope.name, setting.name) as remedy
from pg_db_role_setting s
join grantee g on g.oid = s.setrole
left join pg_database d on d.oid = s.setdatabase
cross join lateral (
  select case
    when s.setrole = 0 and s.setdatabase = 0 then 'role all'
    when s.setrole = 0 then format('database %I', d.datname)
    when s.setdatabase = 0 then format('role %s', g.name)
    else format('role %s in database %I', g.name, d.datname)
  end as name) scope
cross join lateral (
  select split_part(entry, '=', 1) as name, substr(entry, strpos(entry, '=') + 1) as value from unnest(s.setconfig) entry) setting
where (s.setdatabase = 0 or d.datname = current_database())
  and (setting.name in ('role', 'session_authorization', 'local_preload_libraries', 'session_preload_libraries')
    or setting.name = 'session_replication_role' and setting.value = 'replica'
    or setting.name = 'lo_compat_privileges' and setting.value::boolean
    or setting.name = 'row_security' and not setting.value::boolean)
