--liquibase formatted sql

-- The anchor that every owner_id refers to. No profile data, ever: that lives with the identity provider.

--changeset latchkey:app-users
create table public.app_users (
  id text constraint app_users_pkey primary key
    constraint id_valid check (id ~ '^[A-Za-z0-9._:-]{1,128}$'),
  kind text constraint kind_known check (kind in ('person', 'workspace')),
  provider text constraint provider_given check (provider <> ''),
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.app_users is 'Owners that have written something, and tombstones of those that are gone';
comment on column public.app_users.kind is 'NULL until an event of the identity provider tells it';
comment on column public.app_users.provider is 'NULL until an event of the identity provider tells it';
comment on column public.app_users.deleted_at is 'Set: a tombstone. The owner takes no more writes';
revoke all on public.app_users from public;
--rollback drop table public.app_users;

--changeset latchkey:anchor-owner splitStatements:false stripComments:false runOnChange:true
-- For `before insert or update or delete … for each statement` on every protected table. Deletes pass a tombstone: an account's end deletes its
-- rows under row security. With an argument: for a table whose rows are written while the owner's writes are held off (public.hold_writes()).
create or replace function public.anchor_owner() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  owner constant text := app.current_owner();
  tombstone boolean;
begin
  if owner is null then
    return null; -- The policy refuses the write itself.
  end if;
  -- Shared by all writers. The one who holds them off has it for himself.
  if tg_nargs = 0 and not pg_try_advisory_xact_lock_shared(hashtextextended('writes of ' || owner, 0)) then
    raise exception 'the owner''s writes are held off' using errcode = 'LK409';
  end if;
  if tg_op = 'DELETE' then
    return null;
  end if;
  if tg_op = 'INSERT' then
    -- The lock lets a tombstone wait for inserts that passed this check, so that none outlives the deletion of the owner's rows.
    select deleted_at is not null into tombstone from public.app_users where id = owner for share;
    if not found then
      insert into public.app_users as anchor (id) values (owner)
      on conflict (id) do update set id = anchor.id
      returning deleted_at is not null into tombstone;
    end if;
  else
    select deleted_at is not null into tombstone from public.app_users where id = owner;
  end if;
  if tombstone then
    raise exception 'the owner is deleted and takes no more writes' using errcode = 'LK410';
  end if;
  return null;
end
$$;
comment on function public.anchor_owner() is 'Adds the owner on the first write; refuses a deleted one with SQLSTATE LK410, and one whose writes are held off with LK409';
revoke all on function public.anchor_owner() from public;
--rollback drop function public.anchor_owner();
