select 'function app.current_owner()' as object,
  'create or replace it as in the changelog dev/latchkey/rowsecurity/changelog/app.sql' as remedy
from current_owner p
join pg_language l on l.oid = p.prolang
where l.lanname <> 'plpgsql' or p.prosecdef or p.proretset or p.prorettype <> 'text'::regtype
  or btrim(regexp_replace(p.prosrc, '\s+', ' ', 'g'))
    <> 'begin return nullif(current_setting(''app.user_id'', true), ''''); end'
