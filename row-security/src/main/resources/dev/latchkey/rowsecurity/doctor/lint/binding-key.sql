-- Whichever role it is: who reads a key can sign for anybody.
select format('app.binding_key: %s to %s', string_agg(distinct a.privilege_type, ', '), who.name) as object,
  format('revoke all on app.binding_key from %s', who.name) as remedy
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join lateral (
  select (aclexplode(c.relacl)).* union all
  select (aclexplode(t.attacl)).* from pg_attribute t where t.attrelid = c.oid and not t.attisdropped
) a
cross join lateral (select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as name) who
where n.nspname = 'app' and c.relname = 'binding_key' and a.grantee <> c.relowner
  and a.grantee not in (select proowner from current_owner)
group by who.name
union all
select 'function ' || c.name, format('revoke execute on function %s from %s', c.name, c.grantee)
from callable c
join pg_proc p on p.oid = c.oid
join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'app' and p.proname in ('add_binding_key', 'retire_binding_key')
union all
select 'trigger binding_key_changed on app.binding_key',
  '-- as the role that owns the tables: the changelog dev/latchkey/rowsecurity/changelog/app.sql, which row-security-cli.jar schema prints'
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'app' and c.relname = 'binding_key'
  and not exists (
    select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where t.tgrelid = c.oid and t.tgname = 'binding_key_changed' and t.tgenabled in ('O', 'A')
      and p.proname = 'binding_key_changed' and p.pronamespace = n.oid)
