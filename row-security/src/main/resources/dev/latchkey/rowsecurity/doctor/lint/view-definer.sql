select 'view ' || r.name as object,
  case
    when ext.extname is null then format('alter view %s set (security_invoker = true)', r.name)
    else format('revoke all on %s from %s', r.name, who.names)
  end as remedy
from relation r
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = r.oid and d.deptype = 'e'
left join pg_extension ext on ext.oid = d.refobjid
cross join lateral (
  select string_agg(distinct g.name, ', ') as names from granted join grantee g on g.oid = granted.grantee where granted.relation = r.oid) who
where r.kind = 'v' and not coalesce((
  select o.option_value::boolean from pg_options_to_table(r.options) o where o.option_name = 'security_invoker'), false)
