select 'view ' || r.name as object, format('alter view %s set (security_invoker = true)', r.name) as remedy
from relation r
where r.kind = 'v' and not coalesce((
  select o.option_value::boolean from pg_options_to_table(r.options) o where o.option_name = 'security_invoker'), false)
