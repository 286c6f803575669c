--liquibase formatted sql

--changeset latchkey:assets
create table public.assets (
  owner_id text not null default app.current_owner(),
  id uuid not null default gen_random_uuid(),
  work_id uuid not null,
  sha256 text constraint sha256_hex check (length(sha256) = 64 and translate(sha256, '0123456789abcdef', '') = ''),
  filename text constraint filename_length check (char_length(filename) <= 255),
  media_type text constraint media_type_length check (char_length(media_type) <= 127),
  role text not null default 'main' constraint role_known check (role in ('main', 'supplement')),
  -- The checks of jsonb columns are backstops, as in works.
  metadata jsonb not null default '{}'
    constraint metadata_object check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 2 * 16384),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version bigint not null default 0,
  constraint assets_pkey primary key (owner_id, id),
  -- So that an annotation's asset is of the annotation's work.
  constraint assets_work_id_key unique (owner_id, work_id, id),
  constraint assets_owner_id_fkey foreign key (owner_id) references public.app_users (id),
  constraint assets_work_id_fkey foreign key (owner_id, work_id) references public.works (owner_id, id) on delete cascade
);
create index assets_of_work on public.assets (owner_id, work_id, updated_at desc, id);
select app.protect('public.assets', 'latchkey_app');
create trigger anchor_owner before insert or update on public.assets
  for each statement execute function public.anchor_owner();
comment on table public.assets is 'Files of a work';
--rollback drop table public.assets;
