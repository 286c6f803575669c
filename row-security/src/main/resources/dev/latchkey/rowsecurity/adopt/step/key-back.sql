-- Nothing on the way there. On the way back, when no foreign key needs the longer key any more, the one from before takes its place.
select k.table_name as object, format('%I before', k.name) as work,
  '{}'::text[] as statements,
  array[format('do %L', format(
    'begin if to_regclass(%L) is not null then %s; end if; end',
    format('%I.%I', k.schema, k.before_name),
    array_to_string(
      case
        when k.type is null then array[
          format('drop index %I.%I', k.schema, k.name),
          format('alter index %I.%I rename to %I', k.schema, k.before_name, k.name)]
        else array[format('alter table %s drop constraint %I, add constraint %2$I %s using index %I%s', k.table_name, k.name,
          case k.type when 'p' then 'primary key' else 'unique' end, k.before_name,
          case when k.is_deferred then ' deferrable initially deferred' when k.is_deferrable then ' deferrable' else '' end)]
      end || m.statements, '; ')))] as undo
from unique_key k join key_mark m on m.oid = k.oid
