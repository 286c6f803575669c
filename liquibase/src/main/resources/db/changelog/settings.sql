--liquibase formatted sql

--changeset latchkey:settings
create table public.settings (
  owner_id text not null default app.current_owner(),
  id uuid not null,
  document jsonb not null
    constraint document_object check (jsonb_typeof(document) = 'object' and octet_length(document::text) <= 2 * 65536),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version bigint not null default 0,
  constraint settings_pkey primary key (owner_id, id),
  constraint settings_owner_id_fkey foreign key (owner_id) references public.app_users (id)
);
select app.protect('public.settings', 'latchkey_app');
create trigger anchor_owner before insert or update on public.settings
  for each statement execute function public.anchor_owner();
comment on table public.settings is 'Documents of settings';
comment on column public.settings.id is 'The API keeps one for each owner: zero';
--rollback drop table public.settings;
