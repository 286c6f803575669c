-- What the examined role can reach, for the lints. Parameters: the declared policies as JSON; the role, or NULL for the one that logged in.
-- Objects made by initdb have identifiers below 16384; anything later counts, in whichever schema it was put. A right that comes from owning something is left to the lints of the role: they name it once.
with recursive
declared as (
  select * from jsonb_to_recordset(?::jsonb) d (table_schema text, table_name text, policy_name text)
),
login as (select r.*, r.oid::regrole::text as name from pg_roles r where r.oid = quote_ident(coalesce(?, session_user))::regrole),
-- The login role and every role that it can become.
become as (
  select oid from login
  union
  select m.roleid from pg_auth_members m join become b on b.oid = m.member
),
-- Not by to_regprocedure: that fails without USAGE on the schema.
current_owner as (
  select p.* from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = 'app' and p.proname = 'current_owner' and p.pronargs = 0
),
owning as (
  select b.oid from become b
  where b.oid not in (select oid from login)
    and (exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relowner = b.oid and c.relkind in ('r', 'p', 'v', 'm', 'f')
          and n.nspname !~ '^pg_' and n.nspname <> 'information_schema')
      or exists (select from current_owner c where c.proowner = b.oid)
      or exists (select from pg_database d where d.datdba = b.oid and d.datname = current_database()))
),
grantee as (
  select b.oid, b.oid::regrole::text as name from become b where b.oid not in (select oid from owning)
  union all
  select 0::oid, 'public'
),
schema as (
  select n.oid, n.nspname as name, n.nspowner as owner
  from pg_namespace n
  where n.nspname !~ '^pg_(toast|temp)'
    and (n.nspowner = (select oid from login)
      or exists (
        select from aclexplode(n.nspacl) a join grantee g on g.oid = a.grantee
        where a.privilege_type = 'USAGE' and a.grantee <> n.nspowner))
),
granted as (
  select c.oid as relation, a.grantee, a.privilege_type, a.is_grantable
  from pg_class c cross join lateral aclexplode(c.relacl) a join grantee g on g.oid = a.grantee
  where a.grantee <> c.relowner
  union all
  select c.oid, a.grantee, a.privilege_type, a.is_grantable
  from pg_attribute t join pg_class c on c.oid = t.attrelid
  cross join lateral aclexplode(t.attacl) a join grantee g on g.oid = a.grantee
  where a.grantee <> c.relowner and not t.attisdropped
),
-- What the role can name, and what stands there with an owner_id: a grant is quickly given.
relation as (
  select c.oid, c.oid::regclass::text as name, c.relkind as kind, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
    c.reloptions as options, o.attnum as owner_id,
    c.relrowsecurity or exists (select from pg_policy p where p.polrelid = c.oid) as guarded,
    c.oid in (select relation from granted) or c.relowner = (select oid from login) as reached,
    exists (select from declared d where d.table_schema = s.name and d.table_name = c.relname) as shared,
    exists (select from pg_inherits i where i.inhrelid = c.oid) as child
  from pg_class c
  join schema s on s.oid = c.relnamespace
  left join pg_attribute o on o.attrelid = c.oid and o.attname = 'owner_id' and not o.attisdropped
  where c.oid >= 16384 and c.relkind in ('r', 'p', 'v', 'm', 'f') and not (s.name = 'app' and c.relname = 'binding_key')
    and (c.oid in (select relation from granted) or c.relowner = (select oid from login) or c.relkind in ('r', 'p') and o.attnum is not null)
),
owned as (
  select * from relation where kind in ('r', 'p') and owner_id is not null and (guarded or reached and not child) and (reached or not child)
),
-- Parts and children with them: their keys, triggers and rules act on what goes through the parent.
part as (
  select r.oid, r.name, r.oid as root from relation r where r.kind in ('r', 'p')
  union
  select i.inhrelid, i.inhrelid::regclass::text, p.root from part p join pg_inherits i on i.inhparent = p.oid
),
-- Functions that run when the role calls them, or by what stands on a table or in a view.
callable as (
  select p.oid, p.oid::regprocedure::text as name, g.name as grantee
  from pg_proc p
  cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
  join grantee g on g.oid = a.grantee
  where p.oid >= 16384 and a.privilege_type = 'EXECUTE' and a.grantee <> p.proowner
    and (p.pronamespace in (select oid from schema)
      or exists (
        select from pg_depend d
        where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
          and d.classid in ('pg_rewrite'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_policy'::regclass)))
),
trigger as (
  select t.tgname as name, t.tgfoid as function, p.name as relation
  from pg_trigger t
  join (select distinct oid, name from part union select oid, name from relation where kind = 'v') p on p.oid = t.tgrelid
  where not t.tgisinternal and t.tgparentid = 0 and t.tgenabled <> 'D'
),
policy as (
  select p.polrelid as relation, p.polname as name,
    p.polcmd = '*' and pg_get_expr(p.polqual, p.polrelid) = standard.expression
      and pg_get_expr(p.polwithcheck, p.polrelid) is not distinct from standard.expression as standard,
    p.polroles = '{0}' as everybodys,
    exists (
      select from declared d
      where d.table_schema = n.nspname and d.table_name = c.relname and d.policy_name = p.polname) as declared
  from pg_policy p
  join pg_class c on c.oid = p.polrelid
  join pg_namespace n on n.oid = c.relnamespace
  cross join (values ('(owner_id = ( SELECT app.current_owner() AS current_owner))')) standard (expression)
  where p.polpermissive and p.polroles && array(select oid from grantee)
)
