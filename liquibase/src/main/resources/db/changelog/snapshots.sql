--liquibase formatted sql

--changeset latchkey:snapshots
create table public.snapshots (
  owner_id text not null default app.current_owner(),
  id uuid not null default gen_random_uuid(),
  kind text not null constraint kind_known check (kind in ('manual', 'scheduled', 'before_restore', 'uploaded')),
  state text not null constraint state_known check (state in ('queued', 'running', 'ready', 'failed')),
  error_code text,
  rows_done bigint not null default 0,
  rows_total bigint,
  size bigint,
  sha256 text,
  restore_state text constraint restore_state_known check (restore_state in ('queued', 'running', 'done', 'failed')),
  restore_mode text constraint restore_mode_known check (restore_mode in ('replace', 'merge')),
  restore_error_code text,
  restore_rows_done bigint not null default 0,
  undo_id uuid,
  restored_at timestamptz,
  alive_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint snapshots_pkey primary key (owner_id, id),
  constraint snapshots_owner_id_fkey foreign key (owner_id) references public.app_users (id)
);
select app.protect('public.snapshots', 'latchkey_app');
-- The argument: a restore records its own progress here, while it holds off all else.
create trigger anchor_owner before insert or update on public.snapshots
  for each statement execute function public.anchor_owner('not held off');
-- Not each step of its progress.
create trigger audit_change after insert or delete or update of state, restore_state on public.snapshots
  for each row execute function public.audit_change();
comment on table public.snapshots is 'Archives of all that an owner has; the bytes are elsewhere';
comment on column public.snapshots.alive_at is 'When the process that makes or restores it last said so; without that for two minutes it has failed';
comment on column public.snapshots.undo_id is 'The snapshot that was made before this one was last restored';
--rollback drop table public.snapshots;

--changeset latchkey:hold-writes splitStatements:false stripComments:false runOnChange:true
-- Until the transaction ends, however it does: nothing is left locked by a process that dies. Writes are refused already while this waits.
create or replace function public.hold_writes() returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  select pg_advisory_xact_lock(hashtextextended('writes of ' || app.current_owner(), 0))
$$;
comment on function public.hold_writes() is 'Waits for the owner''s writes that are under way and refuses others with SQLSTATE LK409 until the transaction ends';
revoke all on function public.hold_writes() from public;
grant execute on function public.hold_writes() to latchkey_app;
--rollback drop function public.hold_writes();

--changeset latchkey:deletes-are-held-off splitStatements:false rollbackSplitStatements:false
do $$
declare
  held text;
begin
  foreach held in array array['works', 'assets', 'annotations', 'cards', 'blobs', 'device_blobs', 'settings', 'receipts'] loop
    execute format('create or replace trigger anchor_owner before insert or update or delete on public.%I'
      ' for each statement execute function public.anchor_owner()', held);
  end loop;
end
$$;
/* liquibase rollback
do $$
declare
  held text;
begin
  foreach held in array array['works', 'assets', 'annotations', 'cards', 'blobs', 'device_blobs', 'settings', 'receipts'] loop
    execute format('create or replace trigger anchor_owner before insert or update on public.%I for each statement execute function public.anchor_owner()', held);
  end loop;
end
$$;
*/
