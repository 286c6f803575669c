--liquibase formatted sql

--changeset latchkey:annotations
create table public.annotations (
  owner_id text not null default app.current_owner(),
  id uuid not null default gen_random_uuid(),
  work_id uuid not null,
  asset_id uuid,
  kind text not null default 'note' constraint kind_known check (kind in ('highlight', 'note', 'rectangle')),
  page integer constraint page_number check (page >= 0),
  content text constraint content_length check (char_length(content) <= 20000),
  data jsonb not null default '{}'
    constraint data_object check (jsonb_typeof(data) = 'object' and octet_length(data::text) <= 2 * 65536),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version bigint not null default 0,
  constraint annotations_pkey primary key (owner_id, id),
  constraint annotations_owner_id_fkey foreign key (owner_id) references public.app_users (id),
  constraint annotations_work_id_fkey foreign key (owner_id, work_id) references public.works (owner_id, id) on delete cascade,
  -- Without its file an annotation is still one of the work.
  constraint annotations_asset_id_fkey foreign key (owner_id, work_id, asset_id) references public.assets (owner_id, work_id, id)
    on delete set null (asset_id)
);
create index annotations_of_work on public.annotations (owner_id, work_id, updated_at desc, id);
create index annotations_of_asset on public.annotations (owner_id, asset_id, work_id);
select app.protect('public.annotations', 'latchkey_app');
create trigger anchor_owner before insert or update on public.annotations
  for each statement execute function public.anchor_owner();
comment on table public.annotations is 'Highlights, notes and rectangles in a work or one of its assets';
--rollback drop table public.annotations;
