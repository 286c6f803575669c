--liquibase formatted sql

--changeset latchkey:receipts
create table public.receipts (
  owner_id text not null default app.current_owner(),
  kind text not null constraint kind_known check (kind in ('op', 'request')),
  key text not null constraint key_length check (char_length(key) between 1 and 128),
  fingerprint text not null
    constraint fingerprint_hex check (length(fingerprint) = 64 and translate(fingerprint, '0123456789abcdef', '') = ''),
  receipt jsonb not null,
  source text constraint source_length check (char_length(source) <= 100),
  device_id uuid,
  created_at timestamptz not null default now(),
  constraint receipts_pkey primary key (owner_id, kind, key),
  constraint receipts_owner_id_fkey foreign key (owner_id) references public.app_users (id)
);
-- For retention: rows lie in the order of their time, and such an index costs a write next to nothing.
create index receipts_age on public.receipts using brin (created_at);
select app.protect('public.receipts', 'latchkey_app');
create trigger anchor_owner before insert or update on public.receipts
  for each statement execute function public.anchor_owner();
comment on table public.receipts is 'What was answered to operations of a batch and to requests with an Idempotency-Key, for 30 days';
comment on column public.receipts.kind is 'op: of a batch, by its op_id; request: by its Idempotency-Key';
comment on column public.receipts.fingerprint is 'SHA-256 of what was asked for';
comment on column public.receipts.source is 'What the batch says it comes from';
--rollback drop table public.receipts;
