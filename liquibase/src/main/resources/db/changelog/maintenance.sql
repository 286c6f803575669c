--liquibase formatted sql

-- What latchkey_maintenance may do: run the functions of this schema. Each runs as the schema's owner, whom row security holds like
-- everybody, bound to nobody: a policy for that case lets it see what is due, and nothing else.

--changeset latchkey:maintenance
create schema maintenance;
comment on schema maintenance is 'Functions that concern all owners, for latchkey_maintenance alone';
grant usage on schema maintenance to latchkey_maintenance;
--rollback drop schema maintenance;

--changeset latchkey:receipts-retention splitStatements:false stripComments:false
create policy expired on public.receipts to latchkey_owner
  using ((select app.current_owner()) is null and created_at < current_timestamp - interval '30 days');
insert into app.declared_policy (table_schema, table_name, policy_name, reason)
values ('public', 'receipts', 'expired', 'maintenance.expire_receipts() deletes what is older than 30 days');

create function maintenance.expire_receipts() returns bigint
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with expired as (
    delete from public.receipts where created_at < current_timestamp - interval '30 days' returning 1
  )
  select count(*) from expired
$$;
comment on function maintenance.expire_receipts() is 'Deletes receipts older than 30 days, of all owners. How many';
revoke all on function maintenance.expire_receipts() from public;
grant execute on function maintenance.expire_receipts() to latchkey_maintenance;
/* liquibase rollback
drop function maintenance.expire_receipts();
delete from app.declared_policy where table_name = 'receipts' and policy_name = 'expired';
drop policy expired on public.receipts;
*/
