-- The default, the trigger and the policies of adopted tables run with the rights of whoever writes.
select 'schema app' as object, 'usage for the roles that use the tables' as work,
  array[
    format('grant usage on schema app to %s', roles),
    format('grant execute on function app.current_owner(), app.observe(regclass, text) to %s', roles),
    format('grant select on app.declared_policy to %s', app_role.quoted)] as statements,
  array[
    format('revoke usage on schema app from %s', roles),
    format('revoke execute on function app.current_owner(), app.observe(regclass, text) from %s', roles),
    format('revoke select on app.declared_policy from %s', app_role.quoted)] as undo
from app_role
cross join lateral (
  select string_agg(name, ', ' order by name) as roles
  from (
    select app_role.quoted as name
    union
    select t.owner::regrole::text from target t
    union
    select g.name from grantee g where g.relation in (select oid from target)
  ) who
  -- Taking its own rights from the schema's owner would lock it out.
  where who.name <> coalesce((select nspowner::regrole::text from pg_namespace where nspname = 'app'), quote_ident(current_user))
) who
where exists (select from target)
