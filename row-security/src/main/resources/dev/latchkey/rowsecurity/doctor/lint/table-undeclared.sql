-- With keys it takes several rounds: app.protect wants them to begin with owner_id, and they can only once there is one.
select r.name as object,
  case
    -- Migrations run as the role that owns the tables.
    when c.relname in ('databasechangelog', 'databasechangeloglock', 'flyway_schema_history')
    then format('revoke all on %s from %s', r.name,
      coalesce((select string_agg(distinct g.name, ', ') from granted join grantee g on g.oid = granted.grantee where granted.relation = r.oid), login.name))
    else
      case
        when exists (select from pg_constraint k where r.oid in (k.conrelid, k.confrelid) and k.contype in ('p', 'u', 'x', 'f'))
          or exists (select from pg_index i where i.indrelid = r.oid and i.indisunique)
        then format('alter table %s add column if not exists owner_id text not null default app.current_owner()', r.name)
        else format('select app.protect(%L, %L)', r.name, login.name)
      end
      || ' -- bound to whom the rows belong; or adopt it. If all owners share it: enable row level security, create a policy, and name that in app.declared_policy'
  end as remedy
from login, relation r
join pg_class c on c.oid = r.oid
where r.kind in ('r', 'p') and r.owner_id is null and not r.shared and not r.child
