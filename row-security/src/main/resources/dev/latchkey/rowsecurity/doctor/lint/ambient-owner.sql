select case
    when s.setrole = 0 and s.setdatabase = 0 then 'role all'
    when s.setrole = 0 then format('database %I', d.datname)
    when s.setdatabase = 0 then format('role %s', s.setrole::regrole)
    else format('role %s in database %I', s.setrole::regrole, d.datname)
  end as object,
  case
    when s.setrole = 0 and s.setdatabase = 0 then 'alter role all reset app.user_id'
    when s.setrole = 0 then format('alter database %I reset app.user_id', d.datname)
    when s.setdatabase = 0 then format('alter role %s reset app.user_id', s.setrole::regrole)
    else format('alter role %s in database %I reset app.user_id', s.setrole::regrole, d.datname)
  end as remedy
from pg_db_role_setting s
join grantee g on g.oid = s.setrole
left join pg_database d on d.oid = s.setdatabase
where (s.setdatabase = 0 or d.datname = current_database())
  and exists (select from unnest(s.setconfig) setting where setting ~* '^app\.user_id=')
