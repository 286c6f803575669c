-- What adopt was asked for, and what the catalogue says of it, for the obstacles and the steps. Runs with an empty search_path, so that
-- every regclass is spelled with its schema.
with recursive
request as (
  select ?::text as owner, ?::text as role, ?::text as user_column, ?::boolean as everything, ?::bigint[]::oid[] as tables,
    ?::bigint[]::oid[] as shared, ?::text[] as users, ?::text[] as owners, ?::boolean as others
),
-- Told apart: rows of several users have several owners. Else all rows are the legacy owner's, whatever their column says.
mapping as (
  select *, cardinality(users) > 0 or others as told_apart, jsonb_object(users, owners) as owner_of, quote_literal(owner) as legacy
  from request
),
app_role as (select role as name, quote_ident(role) as quoted, (select r.oid from pg_roles r where r.rolname = role) as oid from request),
relation as (
  select c.oid, c.oid::regclass::text as name, n.nspname as schema, c.relname, c.relkind as kind, c.relowner as owner, c.relpersistence,
    c.relrowsecurity as secured,
    exists (
      select from pg_policy p where p.polrelid = c.oid and p.polname in ('owner_isolation', 'owner_observed_select')
    ) and c.relforcerowsecurity as adopted
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'app') and c.relkind in ('r', 'p', 'v', 'm', 'f')
),
shared as (select r.* from relation r, request where r.oid = any (request.shared)),
target as (
  select r.* from relation r, request
  where not r.adopted
    and (r.oid = any (request.tables)
      or request.everything and r.kind in ('r', 'p') and not r.secured and r.oid <> all (request.shared)
        and r.relname not in ('databasechangelog', 'databasechangeloglock', 'flyway_schema_history')
        -- Tables of extensions hold what everybody shares, spatial_ref_sys for example.
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = r.oid and d.deptype = 'e')
        and not exists (select from pg_inherits i where i.inhrelid = r.oid))
),
-- The column that names a row's user, where there is one.
user_column as (
  select t.oid as relation, quote_ident(a.attname) as quoted, a.attname as name
  from request, target t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  where a.attname = request.user_column
),
unique_key as (
  select t.oid as relation, t.name as table_name, t.schema, i.indexrelid as oid, x.relname as name, c.oid as constraint_oid, c.contype as type,
    coalesce(c.condeferrable, false) as is_deferrable, coalesce(c.condeferred, false) as is_deferred,
    i.indisclustered as clustered, i.indisreplident as identifies_replica,
    case when octet_length(x.relname) <= 57 then x.relname || '_owned' else 'owned_' || md5(x.relname) end as owned_name,
    case when octet_length(x.relname) <= 56 then x.relname || '_before' else 'before_' || md5(x.relname) end as before_name,
    substr(
      pg_get_indexdef(i.indexrelid),
      1 + length(format('CREATE UNIQUE INDEX %I ON %s USING btree (', x.relname, t.name))) as definition
  from target t
  join pg_index i on i.indrelid = t.oid and i.indisunique
  join pg_class x on x.oid = i.indexrelid
  left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = t.oid and c.contype in ('p', 'u')
),
-- What is said of a key beside its definition, and is lost with it.
key_mark as (
  select k.oid, array_remove(array[
      case when k.clustered then format('alter table %s cluster on %I', k.table_name, k.name) end,
      case when k.identifies_replica then format('alter table %s replica identity using index %I', k.table_name, k.name) end,
      case when obj_description(k.constraint_oid, 'pg_constraint') is not null then
        format('comment on constraint %I on %s is %L', k.name, k.table_name, obj_description(k.constraint_oid, 'pg_constraint')) end,
      case when obj_description(k.oid, 'pg_class') is not null then
        format('comment on index %I.%I is %L', k.schema, k.name, obj_description(k.oid, 'pg_class')) end
    ], null) as statements
  from unique_key k
),
-- A key does where no newest are asked for: it will begin with owner_id, unless it is one of some rows only.
owned_index as (
  select t.schema, t.name as table_name,
    case when newest then 'index for the newest first' else 'index for an owner''s rows' end as purpose,
    case when newest then 'owner_id, updated_at desc, id' else 'owner_id' end as columns,
    case
      when newest and octet_length(t.relname) <= 35 then t.relname || '_owner_id_updated_at_id_idx'
      when newest then 'newest_' || md5(t.relname)
      when octet_length(t.relname) <= 50 then t.relname || '_owner_id_idx'
      else 'owned_' || md5(t.relname)
    end as name
  from target t
  cross join lateral (
    select 2 = count(*) as newest
    from pg_attribute a where a.attrelid = t.oid and a.attname in ('updated_at', 'id') and not a.attisdropped
  ) columns
  where newest or not exists (select from pg_index i where i.indrelid = t.oid and i.indisunique and i.indpred is null)
),
foreign_key as (
  select f.oid, f.conname as name, f.conrelid as child, child.name as child_name, f.confrelid as parent, parent.name as parent_name,
    f.confmatchtype as match, f.confupdtype as on_update, f.confdeltype as on_delete, f.convalidated as validated,
    case when octet_length(f.conname) <= 57 then f.conname || '_owned' else 'owned_' || md5(f.conname) end as owned_name,
    pg_get_constraintdef(f.oid) as definition, nullable, f.conkey,
    format('foreign key (owner_id, %s) references %s (owner_id, %s)%s%s%s%s', child_columns, parent.name, parent_columns,
      case when f.confmatchtype = 'f' and cardinality(f.conkey) > 1 then ' match full' else '' end,
      case f.confupdtype when 'r' then ' on update restrict' when 'c' then ' on update cascade' else '' end,
      case f.confdeltype
        when 'r' then ' on delete restrict'
        when 'c' then ' on delete cascade'
        -- Without the list owner_id would be emptied as well.
        when 'n' then format(' on delete set null (%s)', deleted_columns)
        when 'd' then format(' on delete set default (%s)', deleted_columns)
        else ''
      end,
      case when f.condeferred then ' deferrable initially deferred' when f.condeferrable then ' deferrable' else '' end) as owned_definition
  from pg_constraint f
  join target child on child.oid = f.conrelid
  join target parent on parent.oid = f.confrelid
  cross join lateral (
    select string_agg(quote_ident(c.attname), ', ' order by k.position) as child_columns,
      string_agg(quote_ident(p.attname), ', ' order by k.position) as parent_columns,
      bool_or(not c.attnotnull) as nullable
    from unnest(f.conkey, f.confkey) with ordinality k (child, parent, position)
    join pg_attribute c on c.attrelid = f.conrelid and c.attnum = k.child
    join pg_attribute p on p.attrelid = f.confrelid and p.attnum = k.parent
  ) columns
  cross join lateral (
    select string_agg(quote_ident(a.attname), ', ') as deleted_columns
    from pg_attribute a where a.attrelid = f.conrelid and a.attnum = any (coalesce(f.confdelsetcols, f.conkey))
  ) deleted
  where f.contype = 'f'
),
view as (
  select d.refobjid as base, r.ev_class as oid
  from pg_depend d join pg_rewrite r on r.oid = d.objid
  where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid in (select oid from target)
    and r.ev_class <> d.refobjid
  union
  select d.refobjid, r.ev_class
  from view join pg_depend d on d.refobjid = view.oid join pg_rewrite r on r.oid = d.objid
  where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and r.ev_class <> d.refobjid
),
seen_through as (select r.* from relation r where r.oid in (select oid from view)),
sequence as (
  select distinct d.refobjid as oid, a.adrelid as relation, d.refobjid::regclass::text as name
  from pg_attrdef a
  join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = a.oid and d.refclassid = 'pg_class'::regclass
  join pg_class s on s.oid = d.refobjid and s.relkind = 'S'
  where a.adrelid in (select oid from target)
  union
  select d.objid, d.refobjid, d.objid::regclass::text
  from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
  where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid in (select oid from target)
    and d.refobjsubid > 0 and d.deptype in ('a', 'i')
),
granted as (
  select c.oid as relation, case c.relkind when 'S' then 'sequence' else 'table' end as kind, null::name as column_name, c.relowner as owner, a.*
  from pg_class c cross join lateral aclexplode(c.relacl) a
  where a.grantee <> c.relowner
    and c.oid in (
      select oid from target union all select oid from shared union all select oid from seen_through union all select oid from sequence)
  union all
  select t.attrelid, 'table', t.attname, c.relowner, a.*
  from pg_attribute t join pg_class c on c.oid = t.attrelid cross join lateral aclexplode(t.attacl) a
  where a.grantee <> c.relowner and not t.attisdropped
    and c.oid in (select oid from target union all select oid from shared union all select oid from seen_through)
),
grantee as (
  select distinct g.relation, case g.grantee when 0 then 'public' else g.grantee::regrole::text end as name, g.grantee as oid from granted g
),
-- Statements that give a relation the grants back that it has now.
original_grants as (
  select c.oid as relation,
    array(
      select format('revoke all on %s %s from %s', case c.relkind when 'S' then 'sequence' else 'table' end, c.oid::regclass, who.name)
      from (
        select g.name from grantee g where g.relation = c.oid union select app_role.quoted from app_role
      ) who order by who.name)
    || array(
      select format('grant %s%s on %s %s to %s%s', g.privilege_type, ' (' || quote_ident(g.column_name) || ')', g.kind, c.oid::regclass,
        case g.grantee when 0 then 'public' else g.grantee::regrole::text end, case when g.is_grantable then ' with grant option' else '' end)
      from granted g where g.relation = c.oid order by 1) as statements
  from pg_class c
  where c.oid in (
    select oid from target union all select oid from shared union all select oid from seen_through union all select oid from sequence)
),
-- Schemas that the role cannot use yet.
opened as (
  select s.schema,
    case when closed then array[format('grant usage on schema %I to %s', s.schema, r.quoted)] else '{}' end as statements,
    case when closed then array[format('revoke usage on schema %I from %s', s.schema, r.quoted)] else '{}' end as undo
  from app_role r, (select distinct schema from relation) s
  cross join lateral (select case when r.oid is null then true else not has_schema_privilege(r.oid, s.schema, 'usage') end as closed) c
),
app_grants as (
  select t.oid as relation,
    opened.statements || array[format('grant select, insert, update, delete on table %s to %s', t.name, r.quoted)]
    || array(select format('grant usage on sequence %s to %s', s.name, r.quoted) from sequence s where s.relation = t.oid) as statements,
    og.statements || array(
      select unnest(o.statements) from original_grants o where o.relation in (select s.oid from sequence s where s.relation = t.oid)) as undo
  from app_role r, target t
  join original_grants og on og.relation = t.oid
  join opened on opened.schema = t.schema
),
-- What stands in the place of the standard policy while it is only observed.
observing as (
  select t.oid as relation,
    array(
      select format('create policy owner_observed_%s on %s for %1$s', verb, t.name)
        || case when verb <> 'insert' then format(' using (%s)', condition) else '' end
        || case when verb in ('insert', 'update') then format(' with check (%s)', condition) else '' end
      from unnest(array['select', 'insert', 'update', 'delete']) verb
      cross join lateral (
        select format('owner_id = (select app.current_owner()) or (select app.observe(%L, %L))', t.name, verb) as condition
      ) observed) as statements,
    array(
      select format('drop policy owner_observed_%s on %s', verb, t.name)
      from unnest(array['select', 'insert', 'update', 'delete']) verb) as undo
  from target t
),
adopt_trigger as (
  select t.oid as relation,
    case
      when m.told_apart and u.name is not null then format(
        'create trigger row_security_adopt before insert or update on %s for each row execute function app.adopt_owner(%L, %L, %L, %L)',
        t.name, m.owner, u.name, m.owner_of, m.others)
      else format('create trigger row_security_adopt before insert on %s for each row execute function app.adopt_owner(%L)', t.name, m.owner)
    end as definition
  from mapping m, target t left join user_column u on u.relation = t.oid
)
