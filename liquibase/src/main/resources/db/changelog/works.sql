--liquibase formatted sql

--changeset latchkey:works
create table public.works (
  owner_id text not null default app.current_owner(),
  id uuid not null default gen_random_uuid(),
  title text not null constraint title_length check (char_length(title) between 1 and 500),
  kind text not null default 'other' constraint kind_known check (kind in ('book', 'paper', 'article', 'other')),
  authors jsonb not null default '[]'
    constraint authors_list check (jsonb_typeof(authors) = 'array' and jsonb_array_length(authors) <= 50),
  published_year integer,
  -- A backstop: the API counts the bytes it was sent, and jsonb spells the same document longer.
  metadata jsonb not null default '{}'
    constraint metadata_object check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 2 * 16384),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version bigint not null default 0,
  constraint works_pkey primary key (owner_id, id),
  constraint works_owner_id_fkey foreign key (owner_id) references public.app_users (id)
);
select app.protect('public.works', 'latchkey_app');
create trigger anchor_owner before insert or update on public.works
  for each statement execute function public.anchor_owner();
--rollback drop table public.works;

--changeset latchkey:databasechangelog-key
-- Liquibase makes its tables without one.
alter table liquibase.databasechangelog add primary key (id, author, filename);
--rollback alter table liquibase.databasechangelog drop constraint databasechangelog_pkey;

--changeset latchkey:works-comment
comment on table public.works is 'What owners keep in their library';
--rollback comment on table public.works is null;
