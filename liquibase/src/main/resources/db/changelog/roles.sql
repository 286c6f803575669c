--liquibase formatted sql

-- Phase 1, run by the superuser: roles, Keycloak's database, and what PUBLIC may not do. Roles belong to the whole server and may be
-- there already. Passwords are set outside of SQL text, by the migration.

--changeset latchkey:roles splitStatements:false rollbackSplitStatements:false
do $$
declare
  wanted text;
begin
  foreach wanted in array array['latchkey_owner', 'latchkey_app', 'latchkey_maintenance', 'keycloak'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I', wanted);
    end if;
    execute format(
      'alter role %I nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit %s', wanted,
      case wanted when 'latchkey_maintenance' then 'nologin' else 'login' end);
  end loop;
end
$$;
comment on role latchkey_owner is 'Owns the schema and runs migrations';
comment on role latchkey_app is 'What the API logs in as: owns nothing, sees one owner''s rows';
comment on role latchkey_maintenance is 'May run the named maintenance functions and nothing else';
/* liquibase rollback
drop role latchkey_app, latchkey_maintenance, latchkey_owner, keycloak;
*/

--changeset latchkey:database splitStatements:false rollbackSplitStatements:false
do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to latchkey_app, latchkey_maintenance', current_database());
  execute format('grant connect, create on database %I to latchkey_owner', current_database());
end
$$;
/* liquibase rollback
do $$
begin
  execute format(
    'revoke all on database %I from latchkey_app, latchkey_maintenance, latchkey_owner', current_database());
  execute format('grant connect, temporary on database %I to public', current_database());
end
$$;
*/

--changeset latchkey:app-time-limits
-- Below the 30 seconds after which the API's driver gives up: the server would go on without it.
alter role latchkey_app set statement_timeout = '20s';
alter role latchkey_app set lock_timeout = '10s';
alter role latchkey_app set idle_in_transaction_session_timeout = '60s';
--rollback alter role latchkey_app reset all;

--changeset latchkey:schema-public
revoke all on schema public from public;
grant usage, create on schema public to latchkey_owner;
grant usage on schema public to latchkey_app;
--rollback revoke all on schema public from latchkey_app, latchkey_owner;
--rollback grant usage on schema public to public;

--changeset latchkey:schema-liquibase
grant usage, create on schema liquibase to latchkey_owner;
-- The owner role's own bookkeeping would keep its role from being dropped.
--rollback drop table if exists liquibase.databasechangelog, liquibase.databasechangeloglock;
--rollback revoke all on schema liquibase from latchkey_owner;

--changeset latchkey:large-objects splitStatements:false rollbackSplitStatements:false
-- Large objects know no owner. lo_import and lo_export are the superuser's already.
do $$
declare
  f regprocedure;
begin
  for f in
    select oid from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^(lo_.*|loread|lowrite)$'
      and proname not in ('lo_import', 'lo_export')
  loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end
$$;
/* liquibase rollback
do $$
declare
  f regprocedure;
begin
  for f in
    select oid from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^(lo_.*|loread|lowrite)$'
      and proname not in ('lo_import', 'lo_export')
  loop
    execute format('grant execute on function %s to public', f);
  end loop;
end
$$;
*/

--changeset latchkey:database-keycloak runInTransaction:false splitStatements:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 select count(*) from pg_database where datname = 'keycloak'
create database keycloak owner keycloak template template0 encoding 'UTF8';
--rollback drop database if exists keycloak;

--changeset latchkey:database-keycloak-grants
revoke all on database keycloak from public;
--rollback grant connect, temporary on database keycloak to public;

--changeset latchkey:quiet-log splitStatements:false rollbackSplitStatements:false
-- However the server is set up, its log has no value of a row. Errors, whose text may quote one, are told to who caused them and not
-- logged; what is logged because it is slow or fatal comes without parameters.
do $$
declare
  quiet text;
  setting text;
begin
  foreach quiet in array array['latchkey_owner', 'latchkey_app', 'latchkey_maintenance', 'keycloak'] loop
    foreach setting in array array[
      'log_min_messages = log', 'log_error_verbosity = terse', 'log_min_error_statement = panic',
      'log_parameter_max_length = 0', 'log_parameter_max_length_on_error = 0'] loop
      execute format('alter role %I set %s', quiet, setting);
    end loop;
  end loop;
end
$$;
/* liquibase rollback
do $$
declare
  quiet text;
  setting text;
begin
  foreach quiet in array array['latchkey_owner', 'latchkey_app', 'latchkey_maintenance', 'keycloak'] loop
    foreach setting in array array[
      'log_min_messages', 'log_error_verbosity', 'log_min_error_statement', 'log_parameter_max_length',
      'log_parameter_max_length_on_error'] loop
      execute format('alter role %I reset %s', quiet, setting);
    end loop;
  end loop;
end
$$;
*/

--changeset latchkey:roleschangelog-key
-- Liquibase makes its tables without one.
alter table liquibase.roleschangelog add primary key (id, author, filename);
--rollback alter table liquibase.roleschangelog drop constraint roleschangelog_pkey;
