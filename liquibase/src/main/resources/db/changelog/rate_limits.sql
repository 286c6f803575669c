--liquibase formatted sql

-- Budgets that several replicas of the API share. Unlogged: what a crash forgets is a minute's worth of counting.

--changeset latchkey:rate-limits
create unlogged table public.rate_limits (
  id text constraint rate_limits_pkey primary key,
  state bytea,
  expires_at bigint
);
create index rate_limits_expiry on public.rate_limits (expires_at);
alter table public.rate_limits enable row level security;
create policy shared on public.rate_limits to latchkey_app using (true) with check (true);
create policy maintained on public.rate_limits to latchkey_owner using (true);
insert into app.declared_policy (table_schema, table_name, policy_name, reason) values
  ('public', 'rate_limits', 'shared', 'Counts under hashes of owners and addresses, which concern no owner''s rows'),
  ('public', 'rate_limits', 'maintained', 'maintenance.expire_rate_limits() deletes what has expired');
revoke all on public.rate_limits from public;
grant select, insert, update, delete on public.rate_limits to latchkey_app;
comment on table public.rate_limits is 'What is left of budgets, if LATCHKEY_RATE_LIMIT_STORE is postgres';
comment on column public.rate_limits.id is 'SHA-256 of whose budget it is';
comment on column public.rate_limits.state is 'By Bucket4j';
comment on column public.rate_limits.expires_at is 'Milliseconds since 1970';
--rollback drop table public.rate_limits;
--rollback delete from app.declared_policy where table_name = 'rate_limits';

--changeset latchkey:rate-limits-retention splitStatements:false stripComments:false
create function maintenance.expire_rate_limits() returns bigint
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with expired as (
    delete from public.rate_limits where expires_at < date_part('epoch', now()) * 1000 returning 1
  )
  select count(*) from expired
$$;
comment on function maintenance.expire_rate_limits() is 'Deletes budgets that are full again. How many';
revoke all on function maintenance.expire_rate_limits() from public;
grant execute on function maintenance.expire_rate_limits() to latchkey_maintenance;
--rollback drop function maintenance.expire_rate_limits();
