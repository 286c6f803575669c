--liquibase formatted sql

-- Changes that a device made offline come late, and in parts: what of them is the newest is told by when they were made.

--changeset latchkey:changed-at splitStatements:false rollbackSplitStatements:false
do $$
declare
  kept text;
begin
  foreach kept in array array['works', 'assets', 'annotations', 'cards', 'blobs', 'device_blobs', 'settings'] loop
    execute format('alter table public.%I add column changed_at timestamptz', kept);
    execute format('comment on column public.%I.changed_at is %L', kept, 'When a client made the last change, if it told the server later; else NULL: updated_at');
  end loop;
end
$$;
/* liquibase rollback
do $$
declare
  kept text;
begin
  foreach kept in array array['works', 'assets', 'annotations', 'cards', 'blobs', 'device_blobs', 'settings'] loop
    execute format('alter table public.%I drop column changed_at', kept);
  end loop;
end
$$;
*/
