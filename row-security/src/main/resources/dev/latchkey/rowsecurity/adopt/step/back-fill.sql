-- Only where rows have other owners than the legacy owner, which they have all got without being written.
select t.name as object, 'owners of the rows' as work,
  case when r.replica then array['set local session_replication_role = replica'] else '{}' end || array[format(
    'update %s set owner_id = %s where owner_id = %s and %2$s is distinct from %3$s and ctid >= ?::tid and ctid < ?::tid',
    t.name,
    format('case when %1$s is null then %2$s else coalesce(%3$L::jsonb ->> %1$s::text, %4$s) end', u.quoted, m.legacy, m.owner_of,
      case when m.others then u.quoted || '::text' else 'null' end),
    m.legacy)] as statements,
  '{}'::text[] as undo
from mapping m
join target t on m.told_apart
join user_column u on u.relation = t.oid
-- So that triggers which keep updated_at do not take this for a change of the row.
cross join (select has_parameter_privilege('session_replication_role', 'set') as replica) r
