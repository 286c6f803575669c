-- The digest is that of the shipped source, blanks made one.
select format('function %s', p.oid::regprocedure) as object,
  '-- as the role that owns the tables: the changelog dev/latchkey/rowsecurity/changelog/app.sql, which row-security-cli.jar schema prints' as remedy
from current_owner p
join pg_language l on l.oid = p.prolang
where l.lanname <> 'plpgsql' or not p.prosecdef or p.proretset or p.prorettype <> 'text'::regtype or p.proparallel <> 'r' or p.prokind <> 'f' or p.proleakproof
  -- A setting of its own could be app.user_id.
  or exists (select from unnest(p.proconfig) setting where setting !~ '^search_path=')
  or md5(btrim(regexp_replace(p.prosrc, '\s+', ' ', 'g'))) <> 'dfed7a67a5b543dfde2828fd94f673c4'
union all
select 'function app.bindings_are_signed()',
  '-- as the role that owns the tables: the changelog dev/latchkey/rowsecurity/changelog/app.sql, which row-security-cli.jar schema prints'
where exists (select from current_owner)
  and not exists (
    select from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
    where n.nspname = 'app' and p.proname = 'bindings_are_signed' and p.pronargs = 0 and l.lanname = 'sql'
      and p.provolatile = 'i' and not p.prosecdef and p.prosrc in ('select true', 'select false'))
union all
-- A policy that calls it reads like one that calls the right one.
select 'function ' || p.oid::regprocedure, 'drop routine ' || p.oid::regprocedure
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'app' and p.proname = 'current_owner' and p.pronargs > 0
