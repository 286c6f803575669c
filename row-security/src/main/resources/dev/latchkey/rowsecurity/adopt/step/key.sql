-- USING INDEX renames the index to the constraint.
select k.table_name as object, format('key %I', k.name) as work,
  case
    when k.type is null then array[
      format('drop index %I.%I', k.schema, k.name),
      format('alter index %I.%I rename to %I', k.schema, k.owned_name, k.name)]
    else array[format('alter table %s drop constraint %I, add constraint %2$I %s using index %I%s', k.table_name, k.name,
      case k.type when 'p' then 'primary key' else 'unique' end, k.owned_name,
      case when k.is_deferred then ' deferrable initially deferred' when k.is_deferrable then ' deferrable' else '' end)]
  end || m.statements as statements,
  '{}'::text[] as undo
from unique_key k join key_mark m on m.oid = k.oid
