--liquibase formatted sql

-- Schema app: whose rows a transaction may see, and how a table comes under that rule. Include it before your own tables and
-- run it as the role that owns them. It can be run as plain SQL as well, and again.

--changeset latchkey:app-schema
--validCheckSum: ANY
create schema if not exists app;
comment on schema app is 'Row security: the owner bound to a transaction, and the protection of tables';
revoke all on schema app from public;
--rollback drop schema app;

--changeset latchkey:app-binding-key splitStatements:false stripComments:false runOnChange:true
-- The key, filled up to a block of SHA-256 and combined with a constant (RFC 2104 §2): what HMAC hashes first and last.
create or replace function app.hmac_block(secret bytea, pad integer) returns bytea
  language plpgsql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  key constant bytea := case when length(secret) > 64 then sha256(secret) else secret end;
  block bytea := decode(repeat(lpad(to_hex(pad), 2, '0'), 64), 'hex');
begin
  for i in 0 .. length(key) - 1 loop
    block := set_byte(block, i, get_byte(key, i) # pad);
  end loop;
  return block;
end
$$;
comment on function app.hmac_block(bytea, integer) is 'Half of an HMAC-SHA-256 key, as a block';
revoke all on function app.hmac_block(bytea, integer) from public;

create table if not exists app.binding_key (
  secret bytea not null constraint secret_long_enough check (length(secret) >= 32),
  id text generated always as (left(encode(sha256(app.hmac_block(secret, 54)), 'hex'), 8)) stored primary key,
  inner_block bytea not null generated always as (app.hmac_block(secret, 54)) stored,
  outer_block bytea not null generated always as (app.hmac_block(secret, 92)) stored,
  added_at timestamptz not null default now()
);
comment on table app.binding_key is
  'Keys of signed bindings. While there is any, app.current_owner() names nobody for a binding that none of them has signed';
revoke all on app.binding_key from public;

create or replace function app.add_binding_key(secret bytea) returns text
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  insert into app.binding_key (secret) values (add_binding_key.secret) on conflict (id) do update set secret = excluded.secret
  returning id
$$;
comment on function app.add_binding_key(bytea) is
  'From now on accepts bindings signed with this key too, and no unsigned ones. Its id. Pass the secret as a parameter: SQL text is logged';
revoke all on function app.add_binding_key(bytea) from public;

create or replace function app.retire_binding_key(key_id text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from app.binding_key where id <> key_id) then
    raise exception 'Without its last key the database would accept unsigned bindings'
      using errcode = 'object_not_in_prerequisite_state', hint = 'Add the next key first; to stop signing: delete from app.binding_key';
  end if;
  delete from app.binding_key where id = key_id;
end
$$;
comment on function app.retire_binding_key(text) is 'From now on refuses bindings signed with this key. Not the last one';
revoke all on function app.retire_binding_key(text) from public;

-- A constant for the planner, so that a database without keys does not look for one in each query.
create or replace function app.bindings_are_signed() returns boolean
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as 'select true';
comment on function app.bindings_are_signed() is 'Whether there is a binding key';
revoke all on function app.bindings_are_signed() from public;

create or replace function app.binding_key_changed() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from app.binding_key) then
    create or replace function app.bindings_are_signed() returns boolean
      language sql immutable parallel safe set search_path from current as 'select true';
  else
    create or replace function app.bindings_are_signed() returns boolean
      language sql immutable parallel safe set search_path from current as 'select false';
  end if;
  return null;
end
$$;
comment on function app.binding_key_changed() is 'Keeps app.bindings_are_signed() true to the keys';
revoke all on function app.binding_key_changed() from public;

create or replace trigger binding_key_changed after insert or delete or truncate on app.binding_key
  for each statement execute function app.binding_key_changed();
-- Fires it.
delete from app.binding_key where false;
--rollback drop table app.binding_key;
--rollback drop function app.binding_key_changed(), app.bindings_are_signed(), app.retire_binding_key(text), app.add_binding_key(bytea), app.hmac_block(bytea, integer);

--changeset latchkey:app-current-owner splitStatements:false stripComments:false runOnChange:true
-- STABLE: were it IMMUTABLE, a cached plan would show one owner's rows to another.
-- nullif: after a transaction the setting is '' and not NULL.
-- plpgsql with a pinned search_path: never inlined, and the cheapest of those that are not.
-- SECURITY DEFINER: nobody else reads the keys. PARALLEL RESTRICTED: a worker has another pid; the sub-select of a policy runs in the leader anyway.
-- MACs are hashed once more before they are compared: the time to the first difference would tell how much of a guessed one is right.
create or replace function app.current_owner() returns text
  language plpgsql stable parallel restricted security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  owner constant text := nullif(current_setting('app.user_id', true), '');
  context text;
  key_inner bytea;
  key_outer bytea;
begin
  if owner is null or not app.bindings_are_signed() then
    return owner;
  end if;
  -- actor|access|expiry|pid|key|mac
  context := current_setting('app.context', true);
  select inner_block, outer_block into key_inner, key_outer from app.binding_key where id = split_part(context, '|', 5);
  return case
    when found
      and sha256(convert_to(encode(
          sha256(key_outer || sha256(key_inner || convert_to(owner || '|' || left(context, -65), 'UTF8'))), 'hex'), 'UTF8'))
        = sha256(convert_to(right(context, 64), 'UTF8'))
      and split_part(context, '|', 3)::float8 > date_part('epoch', transaction_timestamp())
      and split_part(context, '|', 4) in ('', pg_backend_pid()::text)
      and (split_part(context, '|', 2) = 'write' or current_setting('transaction_read_only') = 'on')
    then owner
  end;
end
$$;
comment on function app.current_owner() is 'The owner that the current transaction is bound to, or NULL';
revoke all on function app.current_owner() from public;
--rollback drop function app.current_owner();

--changeset latchkey:app-current-actor splitStatements:false stripComments:false runOnChange:true
-- For triggers that record changes. Without a grant: they run with the rights of the schema's owner.
create or replace function app.current_actor() returns text
  language sql stable parallel restricted
  set search_path = pg_catalog, pg_temp
as $$select nullif(split_part(split_part(current_setting('app.context', true), '|', 1), '/', 1), '')$$;
comment on function app.current_actor() is 'Who does what the current transaction does, or NULL';
revoke all on function app.current_actor() from public;

create or replace function app.current_origin() returns text
  language sql stable parallel restricted
  set search_path = pg_catalog, pg_temp
as $$select nullif(substring(split_part(current_setting('app.context', true), '|', 1) from '/(.*)'), '')$$;
comment on function app.current_origin() is 'Where it comes from, as the application says it, or NULL';
revoke all on function app.current_origin() from public;
--rollback drop function app.current_origin(), app.current_actor();

--changeset latchkey:app-declared-policy
--validCheckSum: ANY
create table if not exists app.declared_policy (
  table_schema name not null,
  table_name name not null,
  policy_name name not null,
  reason text not null constraint reason_given check (reason <> ''),
  primary key (table_schema, table_name, policy_name)
);
comment on table app.declared_policy is 'Policies other than the standard one, each with its reason: the doctor accepts no others';
revoke all on app.declared_policy from public;
alter table app.declared_policy enable row level security;
drop policy if exists declared_policy_readable on app.declared_policy;
create policy declared_policy_readable on app.declared_policy for select using (true);
insert into app.declared_policy (table_schema, table_name, policy_name, reason)
values ('app', 'declared_policy', 'declared_policy_readable', 'The doctor reads it as the application''s own role')
on conflict do nothing;
--rollback drop table app.declared_policy;

--changeset latchkey:app-owner-column splitStatements:false stripComments:false runOnChange:true
-- Nobody calls it: the doctor reads what it says from the catalogue.
create or replace function app.owner_column() returns text
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$select 'owner_id'$$;
comment on function app.owner_column() is 'What the column is called that says whose a row is';
revoke all on function app.owner_column() from public;
--rollback drop function app.owner_column();

--changeset latchkey:app-key-violations splitStatements:false stripComments:false runOnChange:true
-- A unique violation or a foreign key on anything that does not begin with owner_id tells that somebody else's row exists.
create or replace function app.key_violations(target regclass) returns setof text
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  with owner_column as (
    select attrelid, attnum from pg_attribute where attname = 'owner_id' and not attisdropped
  )
  select case
      when i.indisprimary then format(
        'primary key %I: alter table %s drop constraint %1$I, add primary key (owner_id, %3$s)',
        index.relname, target, columns.list)
      when c.contype = 'u' then format(
        'unique constraint %I: alter table %s drop constraint %1$I, add unique (owner_id, %3$s)',
        index.relname, target, columns.list)
      when c.contype = 'x' then format(
        'exclusion constraint %I: alter table %s drop constraint %1$I and add it again beginning with owner_id with =',
        index.relname, target)
      else format(
        'unique index %s: drop it and create it again beginning with owner_id', i.indexrelid::regclass)
    end
  from pg_index i
  join pg_class index on index.oid = i.indexrelid
  join owner_column o on o.attrelid = i.indrelid
  left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid and c.contype in ('p', 'u', 'x')
  cross join lateral (
    select string_agg(quote_ident(a.attname), ', ' order by k.position) as list
    from unnest(i.indkey::int2[]) with ordinality k (attnum, position)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where a.attname <> 'owner_id'
  ) columns
  where i.indrelid = target and (i.indisunique or i.indisexclusion) and i.indkey[0] <> o.attnum
  union all
  select format(
    'foreign key %I of %s: alter table %2$s drop constraint %1$I, and add it again as (owner_id, …) references %3$s (owner_id, …)',
    f.conname, f.conrelid::regclass, f.confrelid::regclass)
  from pg_constraint f
  left join owner_column child on child.attrelid = f.conrelid
  left join owner_column parent on parent.attrelid = f.confrelid
  where f.contype = 'f' and f.conparentid = 0 and target in (f.conrelid, f.confrelid)
    and (f.conkey[1] is distinct from child.attnum or f.confkey[1] <> parent.attnum)
    -- What every owner may see anyway is nobody's secret.
    and not (parent.attnum is null and exists (
      select from app.declared_policy d
      join pg_class r on r.relname = d.table_name and r.relnamespace = to_regnamespace(quote_ident(d.table_schema))
      where r.oid = f.confrelid))
$$;
comment on function app.key_violations(regclass) is 'Keys of a table that do not begin with owner_id, each with the statement that mends it';
revoke all on function app.key_violations(regclass) from public;
--rollback drop function app.key_violations(regclass);

--changeset latchkey:app-protect splitStatements:false stripComments:false runOnChange:true
create or replace function app.protect(target regclass, app_role regrole) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- No pattern: Postgres prepares a check anew in every statement that writes, and that one took 6 µs. Who may be an owner, the binding tells.
  valid constant text := 'CHECK ((owner_id <> ''''::text))';
  standard constant text := '(owner_id = ( SELECT app.current_owner() AS current_owner))';
  owner_type text;
  has_rows boolean;
  violations text;
  parent regclass;
  granted record;
  used_sequence regclass;
  schema_of_target regnamespace;
begin
  if not exists (select from pg_class where oid = target and relkind in ('r', 'p')) then
    raise exception '% is not a table: only tables can be protected', target using errcode = 'wrong_object_type';
  end if;
  select i.inhparent into parent
  from pg_inherits i join pg_class c on c.oid = i.inhparent where i.inhrelid = target and not c.relrowsecurity;
  if parent is not null then
    raise exception '% is a part of %, which would show all of its rows', target, parent
      using errcode = 'object_not_in_prerequisite_state', hint = format('select app.protect(%L, %L)', parent, app_role);
  end if;

  select format_type(atttypid, atttypmod) into owner_type
  from pg_attribute where attrelid = target and attname = 'owner_id' and not attisdropped;
  if owner_type is null then
    execute format('select exists (select from %s)', target) into has_rows;
    if has_rows and app.current_owner() is null then
      raise exception '% has rows and no owner_id: nobody is named to own them', target
        using errcode = 'object_not_in_prerequisite_state',
          hint = 'In the same transaction, before: select set_config(''app.user_id'', ''<owner of the existing rows>'', true)';
    end if;
    execute format('alter table %s add column owner_id text not null default app.current_owner()', target);
  elsif owner_type <> 'text' then
    raise exception 'owner_id of % is % and must be text', target, owner_type
      using errcode = 'datatype_mismatch', hint = format('alter table %s alter column owner_id type text', target);
  end if;
  execute format(
    'alter table %s alter column owner_id set not null, alter column owner_id set default app.current_owner()', target);

  if not exists (
    select from pg_constraint
    where conrelid = target and conname = 'owner_id_valid' and convalidated and pg_get_constraintdef(oid) = valid
  ) then
    execute format('alter table %s drop constraint if exists owner_id_valid', target);
    execute format('alter table %s add constraint owner_id_valid %s', target, valid);
  end if;

  if not exists (select from pg_index where indrelid = target and indisprimary)
    and exists (select from pg_attribute where attrelid = target and attname = 'id' and not attisdropped)
  then
    execute format('alter table %s add primary key (owner_id, id)', target);
  end if;
  select string_agg(violation, e'\n') into violations from app.key_violations(target) violation;
  if violations is not null then
    raise exception e'keys of % must begin with owner_id:\n%', target, violations
      using errcode = 'object_not_in_prerequisite_state';
  end if;

  execute format('alter table %s enable row level security, force row level security', target);
  if not exists (
    select from pg_policy
    where polrelid = target and polname = 'owner_isolation' and polpermissive and polcmd = '*' and polroles = '{0}'
      and pg_get_expr(polqual, polrelid) = standard and pg_get_expr(polwithcheck, polrelid) = standard
  ) then
    execute format('drop policy if exists owner_isolation on %s', target);
    -- The scalar sub-select runs once a query and keeps the planner from one owner's statistics.
    execute format(
      'create policy owner_isolation on %s using (owner_id = (select app.current_owner()))'
      ' with check (owner_id = (select app.current_owner()))', target);
  end if;

  if 2 = (
      select count(*) from pg_attribute where attrelid = target and attname in ('updated_at', 'id') and not attisdropped)
    and not exists (
      select from pg_index i
      where i.indrelid = target and i.indisvalid and i.indpred is null and i.indoption[1] & 1 = 1
        and array['owner_id', 'updated_at', 'id']::name[] = array(
          select a.attname from unnest(i.indkey::int2[]) with ordinality k (attnum, position)
          join pg_attribute a on a.attrelid = target and a.attnum = k.attnum order by k.position))
  then
    execute format('create index on %s (owner_id, updated_at desc, id)', target);
  end if;

  -- Every grant there was goes: what another role needs is granted after this, in writing. On parts and children too, which no policy
  -- guards when they are named themselves, and on the sequences behind columns, whose values tell how much others write.
  for granted in
    with recursive part as (
      select target::oid as oid
      union
      select i.inhrelid from pg_inherits i join part on part.oid = i.inhparent
    ),
    own_sequence as (
      select d.objid as oid
      from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
      where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid in (select oid from part)
        and d.refobjsubid > 0 and d.deptype in ('a', 'i')
    )
    select distinct r.oid::regclass as relation, case r.relkind when 'S' then 'sequence' else 'table' end as kind,
      case acl.grantee when 0 then 'public' else acl.grantee::regrole::text end as grantee
    from pg_class r
    cross join lateral (
      select aclexplode(r.relacl) union all
      select aclexplode(a.attacl) from pg_attribute a where a.attrelid = r.oid and not a.attisdropped
    ) entry (item)
    cross join lateral (select (entry.item).grantee) acl
    where r.oid in (select oid from part union all select oid from own_sequence) and acl.grantee <> r.relowner
  loop
    execute format('revoke all on %s %s from %s', granted.kind, granted.relation, granted.grantee);
  end loop;
  for used_sequence in
    select d.refobjid
    from pg_attrdef a
    join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = a.oid and d.refclassid = 'pg_class'::regclass
    join pg_class s on s.oid = d.refobjid and s.relkind = 'S'
    where a.adrelid = target
  loop
    execute format('grant usage on sequence %s to %s', used_sequence, app_role);
  end loop;
  execute format('grant select, insert, update, delete on table %s to %s', target, app_role);
  select relnamespace::regnamespace into schema_of_target from pg_class where oid = target;
  if not has_schema_privilege(app_role, schema_of_target, 'usage') then
    execute format('grant usage on schema %s to %s', schema_of_target, app_role);
  end if;
  execute format('grant usage on schema app to %s', app_role);
  execute format('grant execute on function app.current_owner() to %s', app_role);
  execute format('grant select on app.declared_policy to %s', app_role);
end
$$;
comment on function app.protect(regclass, regrole) is
  'Puts a table under row security for one application role: column, checks, policy, index, grants. Can be repeated. Refuses keys that do not begin with owner_id';
revoke all on function app.protect(regclass, regrole) from public;
--rollback drop function app.protect(regclass, regrole);

--changeset latchkey:app-partition splitStatements:false stripComments:false runOnChange:true
-- The application is granted nothing on a partition, so that only the table's own policy lets it in. More partitions than a few cost
-- more than they save: under the policy Postgres prunes them at run time.
create or replace function app.partition(target regclass, partitions int default 8) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  present int;
  home name;
  base name;
begin
  if pg_get_partkeydef(target) is distinct from 'HASH (owner_id)' then
    raise exception '% is not partitioned by hash (owner_id)', target using errcode = 'wrong_object_type',
      hint = 'create table … (owner_id text not null default app.current_owner(), …) partition by hash (owner_id)';
  end if;
  if partitions is null or partitions not between 1 and 64 then
    raise exception 'a table has 1 to 64 partitions' using errcode = 'invalid_parameter_value';
  end if;
  select count(*) into present from pg_inherits where inhparent = target;
  if present = partitions then
    return;
  elsif present > 0 then
    raise exception '% has % partitions already', target, present using errcode = 'object_not_in_prerequisite_state';
  end if;
  select n.nspname, c.relname into home, base from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = target;
  for i in 0 .. partitions - 1 loop
    execute format('create table %I.%I partition of %s for values with (modulus %s, remainder %s)',
      home, left(base, 59) || '_' || i, target, partitions, i);
    execute format('revoke all on %I.%I from public', home, left(base, 59) || '_' || i);
  end loop;
end
$$;
comment on function app.partition(regclass, int) is
  'Makes the partitions of a table that is partitioned by hash (owner_id): 8, or as many as are said. app.protect the table as well';
revoke all on function app.partition(regclass, int) from public;
--rollback drop function app.partition(regclass, int);

--changeset latchkey:app-adoption splitStatements:false stripComments:false runOnChange:true
create table if not exists app.adoption (
  step integer primary key,
  role text not null,
  stage text not null constraint stage_known check (stage in ('observe', 'enforce', 'revert')),
  object text not null,
  work text not null,
  statements text[] not null,
  undo text[] not null,
  done_at timestamptz
);
comment on table app.adoption is
  'Steps that bring an existing schema under row security: written down before the first, ticked in the transaction of each';
revoke all on app.adoption from public;

-- Fills owner_id while the application does not bind yet. Arguments: the legacy owner; and if rows of several users are told apart, the
-- column that names the user, users and their owners as JSON, and whether any other user is their own owner.
create or replace function app.adopt_owner() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  legacy constant text := tg_argv[0];
  person text;
begin
  if new.owner_id is not null and (tg_op = 'INSERT' or new.owner_id <> legacy or app.current_owner() is not null) then
    return new;
  end if;
  if tg_nargs > 1 then
    person := to_jsonb(new) ->> tg_argv[1];
  end if;
  new.owner_id := case
    when person is null then legacy
    else coalesce(tg_argv[2]::jsonb ->> person, case when tg_argv[3]::boolean then person end)
  end;
  if new.owner_id is null then
    raise exception 'no owner is known for this value of %.%', tg_table_name, tg_argv[1]
      using errcode = 'not_null_violation', hint = 'Adopt the schema with a --map for every user';
  end if;
  return new;
end
$$;
comment on function app.adopt_owner() is 'Trigger: gives rows that nobody is bound for to the owners that adopt was told';
revoke all on function app.adopt_owner() from public;

-- For observing policies, as a scalar sub-select: it then runs at most once a query, and only if a row would be denied.
create or replace function app.observe(target regclass, verb text) returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  denied constant text := format('%s on %s by role %s, %s bound', verb, target, current_user::regrole,
    case when app.current_owner() is null then 'nobody' else 'another owner' end);
  reported constant text := coalesce(current_setting('app.observed', true), '');
begin
  if position(denied in reported) = 0 then
    perform set_config('app.observed', reported || denied || ';', true);
    raise warning 'row security would deny: %', denied using errcode = 'LK001';
  end if;
  return true;
end
$$;
comment on function app.observe(regclass, text) is 'Reports, once a transaction, what the standard policy would deny, and lets it pass';
revoke all on function app.observe(regclass, text) from public;
--rollback drop function app.observe(regclass, text);
--rollback drop function app.adopt_owner();
--rollback drop table app.adoption;
