--liquibase formatted sql

-- What was done to whose rows, and by whom; never what they hold.

--changeset latchkey:audit
create table public.audit (
  owner_id text not null default app.current_owner(),
  id uuid not null default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  actor_uid text,
  action text not null constraint action_known check (action in ('create', 'update', 'delete')),
  table_name text not null,
  row_id uuid not null,
  request_id text,
  device_id text,
  -- Backwards it is the order in which the trail is read. No foreign key: the row that was changed has had it.
  constraint audit_pkey primary key (owner_id, at, id)
) partition by range (at);
select app.protect('public.audit', 'latchkey_app');
-- The application reads. The trigger below is the only one who writes, with the rights of the schema's owner.
revoke insert, update, delete on public.audit from latchkey_app;
create policy written_by_trigger on public.audit for insert to latchkey_owner with check (true);
insert into app.declared_policy (table_schema, table_name, policy_name, reason)
values ('public', 'audit', 'written_by_trigger', 'Changes that are bound to nobody, such as a superuser''s, are recorded under the owner of the row');
comment on table public.audit is 'Who changed which row when: append-only, written by a trigger in the same transaction';
comment on column public.audit.actor_uid is 'By the binding; NULL for SQL that was not bound';
comment on column public.audit.request_id is 'By the binding; chosen by the caller of the API, so it proves nothing. device_id as well';
create table public.audit_rest partition of public.audit default;
revoke all on public.audit_rest from public;
comment on table public.audit_rest is 'What no month has been made for';
--rollback drop table public.audit;
--rollback delete from app.declared_policy where table_name = 'audit';

--changeset latchkey:audit-change splitStatements:false stripComments:false runOnChange:true
-- By public.record_changes() once for a statement, whose rows are in "changed". For each row only where no more than some columns are recorded:
-- Postgres 18 has no "of" beside "referencing".
create or replace function public.audit_change() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
-- The changed rows may have columns of the variables' names.
#variable_conflict use_variable
declare
  -- request/device
  origin constant text := app.current_origin();
  request constant text := nullif(split_part(origin, '/', 1), '');
  device constant text := nullif(split_part(origin, '/', 2), '');
  actor constant text := app.current_actor();
  done constant text := case tg_op when 'INSERT' then 'create' else lower(tg_op) end;
begin
  if tg_level = 'STATEMENT' then
    insert into public.audit (owner_id, actor_uid, action, table_name, row_id, request_id, device_id)
    select changed.owner_id, actor, done, tg_table_name, changed.id, request, device from changed;
  else
    insert into public.audit (owner_id, actor_uid, action, table_name, row_id, request_id, device_id)
    values (coalesce(new.owner_id, old.owner_id), actor, done, tg_table_name, coalesce(new.id, old.id), request, device);
  end if;
  return null;
end
$$;
comment on function public.audit_change() is 'Records changes of rows in public.audit';
revoke all on function public.audit_change() from public;
--rollback drop function public.audit_change();

--changeset latchkey:audit-retention splitStatements:false stripComments:false runOnChange:true
-- Months that are over are dropped whole: no rows are read, so row security is not in the way, and no dead rows are left.
create or replace function maintenance.audit_months(keep_months integer, ahead_months integer default 12) returns text[]
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  -- To make a month locks the table: writers shall not queue behind a maintenance that waits for a long transaction.
  set lock_timeout = '2s'
as $$
declare
  this_month constant date := date_trunc('month', now() at time zone 'UTC');
  month date;
  part name;
  done text[] := '{}';
begin
  if keep_months is null or keep_months < 1 or ahead_months is null or ahead_months not between 0 and 60 then
    raise exception 'at least 1 month is kept, and 0 to 60 are made ahead' using errcode = 'invalid_parameter_value';
  end if;
  if not pg_try_advisory_xact_lock('public.audit'::regclass::oid::bigint) then
    return array['left to another maintenance that is under way'];
  end if;
  for i in 0 .. ahead_months loop
    month := this_month + make_interval(months => i);
    part := to_char(month, '"audit_"YYYYMM');
    if to_regclass('public.' || part) is null then
      begin
        execute format('create table public.%I partition of public.audit for values from (%L) to (%L)',
          part, month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
        execute format('revoke all on public.%I from public', part);
        execute format('comment on table public.%I is %L', part, 'A month of public.audit');
        done := done || ('made ' || part);
      exception when check_violation then
        done := done || ('left in audit_rest: ' || part);
      end;
    end if;
  end loop;
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.audit'::regclass and c.relname ~ '^audit_\d{6}$'
      and to_date(right(c.relname, 6), 'YYYYMM') < this_month - make_interval(months => keep_months)
  loop
    execute format('drop table public.%I', part);
    done := done || ('dropped ' || part);
  end loop;
  return done;
end
$$;
comment on function maintenance.audit_months(integer, integer) is
  'Makes the months of public.audit that are to come, drops those that ended longer ago than is kept, and tells what it did';
revoke all on function maintenance.audit_months(integer, integer) from public;
grant execute on function maintenance.audit_months(integer, integer) to latchkey_maintenance;
--rollback drop function maintenance.audit_months(integer, integer);

--changeset latchkey:audit-months
select maintenance.audit_months(1);
--rollback select 1;

--changeset latchkey:audited-tables splitStatements:false rollbackSplitStatements:false
do $$
declare
  audited text;
begin
  foreach audited in array array['works', 'assets', 'annotations', 'cards', 'blobs', 'device_blobs', 'settings'] loop
    execute format('create trigger audit_change after insert or update or delete on public.%I'
      ' for each row execute function public.audit_change()', audited);
  end loop;
end
$$;
/* liquibase rollback
do $$
declare
  audited text;
begin
  foreach audited in array array['works', 'assets', 'annotations', 'cards', 'blobs', 'device_blobs', 'settings'] loop
    execute format('drop trigger if exists audit_change on public.%I', audited);
  end loop;
end
$$;
*/

--changeset latchkey:refuse-truncate splitStatements:false stripComments:false runOnChange:true
create or replace function public.refuse_truncate() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'truncate tells of no rows, so their end could not be recorded: delete them' using errcode = 'feature_not_supported';
end
$$;
comment on function public.refuse_truncate() is 'Keeps rows whose changes are recorded from going unrecorded';
revoke all on function public.refuse_truncate() from public;
--rollback drop function public.refuse_truncate();

--changeset latchkey:record-changes splitStatements:false stripComments:false runOnChange:true
-- On the partitions too: SQL that names one runs no triggers of the table.
create or replace function public.record_changes(target regclass) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  part regclass;
begin
  for part in select target union select relid from pg_partition_tree(target) loop
    execute format('create trigger audit_insert after insert on %s referencing new table as changed'
      ' for each statement execute function public.audit_change()', part);
    execute format('create trigger audit_update after update on %s referencing new table as changed'
      ' for each statement execute function public.audit_change()', part);
    execute format('create trigger audit_delete after delete on %s referencing old table as changed'
      ' for each statement execute function public.audit_change()', part);
    execute format('create trigger audit_truncate before truncate on %s'
      ' for each statement execute function public.refuse_truncate()', part);
  end loop;
end
$$;
comment on function public.record_changes(regclass) is 'Has all changes of a table that has owner_id and id recorded in public.audit, its partitions of now included';
revoke all on function public.record_changes(regclass) from public;
--rollback drop function public.record_changes(regclass);

--changeset latchkey:audited-by-statement splitStatements:false rollbackSplitStatements:false
do $$
declare
  audited text;
begin
  foreach audited in array array['works', 'assets', 'annotations', 'cards', 'blobs', 'device_blobs', 'settings'] loop
    execute format('drop trigger audit_change on public.%I', audited);
    perform public.record_changes(format('public.%I', audited)::regclass);
  end loop;
end
$$;
/* liquibase rollback
do $$
declare
  audited text;
begin
  foreach audited in array array['works', 'assets', 'annotations', 'cards', 'blobs', 'device_blobs', 'settings'] loop
    execute format('drop trigger audit_insert on public.%I', audited);
    execute format('drop trigger audit_update on public.%I', audited);
    execute format('drop trigger audit_delete on public.%I', audited);
    execute format('drop trigger if exists audit_truncate on public.%I', audited);
    execute format('create trigger audit_change after insert or update or delete on public.%I for each row execute function public.audit_change()', audited);
  end loop;
end
$$;
*/
