-- What the doctor does not leave to PUBLIC, as far as it is the caller's to take.
select format('database %I', current_database()) as object, 'rights of PUBLIC' as work, revoked.statements, revoked.undo
from (
  select array_agg(format('revoke %s', what) || ' from public' order by what) as statements, array_agg(format('grant %s', what) || ' to public' order by what) as undo
  from (
    select format('%s on database %I', lower(a.privilege_type), d.datname) as what
    from pg_database d cross join lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
    where d.datname = current_database() and a.grantee = 0 and a.privilege_type in ('CREATE', 'TEMPORARY') and pg_has_role(d.datdba, 'usage')
    union all
    select format('create on schema %I', n.nspname)
    from pg_namespace n cross join lateral aclexplode(n.nspacl) a
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and a.grantee = 0 and a.privilege_type = 'CREATE' and pg_has_role(n.nspowner, 'usage')
    union all
    select format('execute on function %s', p.oid::regprocedure)
    from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ '^(lo_.*|loread|lowrite)$' and a.grantee = 0
      and pg_has_role(p.proowner, 'usage')
  ) everybody
) revoked
where revoked.statements is not null and exists (select from target)
