--liquibase formatted sql

--changeset latchkey:blobs
create table public.blobs (
  owner_id text not null default app.current_owner(),
  id uuid not null,
  sha256 text not null constraint sha256_hex check (length(sha256) = 64 and translate(sha256, '0123456789abcdef', '') = ''),
  size bigint constraint size_bytes check (size >= 0),
  media_type text constraint media_type_length check (char_length(media_type) <= 127),
  filename text constraint filename_length check (char_length(filename) <= 255),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version bigint not null default 0,
  constraint blobs_pkey primary key (owner_id, id),
  constraint blobs_sha256_key unique (owner_id, sha256),
  constraint blobs_owner_id_fkey foreign key (owner_id) references public.app_users (id)
);
comment on column public.blobs.id is 'Made from sha256, so that every device gives the same content the same id';
select app.protect('public.blobs', 'latchkey_app');
create trigger anchor_owner before insert or update on public.blobs
  for each statement execute function public.anchor_owner();
comment on table public.blobs is 'What files are, by their content; the bytes are elsewhere';
--rollback drop table public.blobs;

--changeset latchkey:device-blobs
create table public.device_blobs (
  owner_id text not null default app.current_owner(),
  id uuid not null,
  device_id uuid not null,
  sha256 text not null,
  present boolean not null,
  local_path text constraint local_path_length check (char_length(local_path) <= 1024),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version bigint not null default 0,
  constraint device_blobs_pkey primary key (owner_id, id),
  constraint device_blobs_device_id_key unique (owner_id, device_id, sha256),
  constraint device_blobs_owner_id_fkey foreign key (owner_id) references public.app_users (id),
  constraint device_blobs_sha256_fkey foreign key (owner_id, sha256) references public.blobs (owner_id, sha256) on delete cascade
);
create index device_blobs_of_blob on public.device_blobs (owner_id, sha256);
comment on column public.device_blobs.id is 'Made from device_id and sha256';
select app.protect('public.device_blobs', 'latchkey_app');
create trigger anchor_owner before insert or update on public.device_blobs
  for each statement execute function public.anchor_owner();
comment on table public.device_blobs is 'Which device has the bytes of a blob';
--rollback drop table public.device_blobs;
