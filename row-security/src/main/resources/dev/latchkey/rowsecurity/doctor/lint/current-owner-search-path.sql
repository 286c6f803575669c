select 'function app.current_owner()' as object,
  'alter function app.current_owner() set search_path = pg_catalog, pg_temp' as remedy
from current_owner
where not 'search_path=pg_catalog, pg_temp' = any (coalesce(proconfig, '{}'))
