--liquibase formatted sql

-- Whose snapshot is due. Work that concerns no owner must find that out, and nobody else: protected tables are empty for it.

--changeset latchkey:snapshot-schedules
create table public.snapshot_schedules (
  -- No foreign key to app_users: through a shared table it would tell who is there. The trigger below keeps both in step.
  id text constraint snapshot_schedules_pkey primary key,
  due_at timestamptz not null default now()
);
create index snapshot_schedules_due on public.snapshot_schedules (due_at);
alter table public.snapshot_schedules enable row level security;
create policy due on public.snapshot_schedules to latchkey_app
  using ((select app.current_owner()) is null or id = (select app.current_owner()))
  with check ((select app.current_owner()) is null or id = (select app.current_owner()));
create policy kept on public.snapshot_schedules to latchkey_owner using (true) with check (true);
insert into app.declared_policy (table_schema, table_name, policy_name, reason) values
  ('public', 'snapshot_schedules', 'due', 'Unbound work learns which owners are due, by id, and nothing of what they have; an owner sees his own row'),
  ('public', 'snapshot_schedules', 'kept', 'A trigger on app_users keeps a row for each owner');
revoke all on public.snapshot_schedules from public;
grant select, update on public.snapshot_schedules to latchkey_app;
comment on table public.snapshot_schedules is 'When each owner''s next scheduled snapshot is due, if LATCHKEY_SNAPSHOT_EVERY is set';
comment on column public.snapshot_schedules.due_at is 'Put off for a while by whoever makes it, so that another does if that process dies';
--rollback drop table public.snapshot_schedules;
--rollback delete from app.declared_policy where table_name = 'snapshot_schedules';

--changeset latchkey:schedule-snapshots splitStatements:false stripComments:false rollbackSplitStatements:false
create function public.schedule_snapshots() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.deleted_at is null then
    insert into public.snapshot_schedules (id) values (new.id) on conflict do nothing;
  else
    delete from public.snapshot_schedules where id = new.id;
  end if;
  return null;
end
$$;
comment on function public.schedule_snapshots() is 'Keeps a row of snapshot_schedules for each owner that is not deleted';
revoke all on function public.schedule_snapshots() from public;
create trigger schedule_snapshots after insert or update of deleted_at on public.app_users
  for each row execute function public.schedule_snapshots();
insert into public.snapshot_schedules (id) select id from public.app_users where deleted_at is null on conflict do nothing;
/* liquibase rollback
drop trigger schedule_snapshots on public.app_users;
drop function public.schedule_snapshots();
*/
