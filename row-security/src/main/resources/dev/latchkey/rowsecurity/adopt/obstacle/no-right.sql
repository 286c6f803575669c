select c.object, c.remedy
from (
  select r.name as object, format('run adopt as %s, or as a superuser', r.owner::regrole) as remedy
  from relation r
  where r.oid in (select oid from target union all select oid from shared union all select oid from seen_through)
    and not pg_has_role(r.owner, 'usage')
  union all
  select 'database ' || quote_ident(current_database()), format('grant create on database %I to %s', current_database(), current_user::regrole)
  where not exists (select from pg_namespace where nspname = 'app') and not has_database_privilege(current_database(), 'create')
  union all
  select 'schema app', format('run adopt as %s, or as a superuser', nspowner::regrole)
  from pg_namespace where nspname = 'app' and not pg_has_role(nspowner, 'usage')
  union all
  select 'role ' || a.quoted, format('create role %s nologin', a.quoted)
  from app_role a
  where a.oid is null and not exists (select from pg_roles where rolname = current_user and (rolsuper or rolcreaterole))
) c
