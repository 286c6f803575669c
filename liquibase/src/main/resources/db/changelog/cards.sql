--liquibase formatted sql

--changeset latchkey:cards
create table public.cards (
  owner_id text not null default app.current_owner(),
  id uuid not null default gen_random_uuid(),
  annotation_id uuid not null,
  front text not null constraint front_length check (char_length(front) between 1 and 10000),
  back text constraint back_length check (char_length(back) <= 10000),
  due_at timestamptz,
  scheduling jsonb not null default '{}'
    constraint scheduling_object check (jsonb_typeof(scheduling) = 'object' and octet_length(scheduling::text) <= 2 * 16384),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version bigint not null default 0,
  constraint cards_pkey primary key (owner_id, id),
  constraint cards_owner_id_fkey foreign key (owner_id) references public.app_users (id),
  constraint cards_annotation_id_fkey foreign key (owner_id, annotation_id) references public.annotations (owner_id, id)
    on delete cascade
);
create index cards_of_annotation on public.cards (owner_id, annotation_id, updated_at desc, id);
create index cards_due on public.cards (owner_id, due_at);
select app.protect('public.cards', 'latchkey_app');
create trigger anchor_owner before insert or update on public.cards
  for each statement execute function public.anchor_owner();
comment on table public.cards is 'What is to be learnt from an annotation, and when it is due';
--rollback drop table public.cards;
