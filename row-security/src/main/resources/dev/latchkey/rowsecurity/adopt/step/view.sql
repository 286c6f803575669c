select v.name as object, 'view with the rights of its reader' as work,
  array[
    format('alter view %s set (security_invoker = true)', v.name),
    format('grant %s on table %s to %s',
      case when pg_relation_is_updatable(v.oid, false) & 28 = 28 then 'select, insert, update, delete' else 'select' end, v.name, r.quoted)] || opened.statements as statements,
  array[coalesce(
      (select format('alter view %s set (security_invoker = %s)', v.name, o.option_value)
        from pg_class c cross join lateral pg_options_to_table(c.reloptions) o
        where c.oid = v.oid and o.option_name = 'security_invoker'),
      format('alter view %s reset (security_invoker)', v.name))]
    || og.statements || opened.undo as undo
from app_role r, seen_through v
join opened on opened.schema = v.schema
join original_grants og on og.relation = v.oid
where v.kind = 'v'
