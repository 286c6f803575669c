package dev.latchkey.rowsecurity.prover;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaks that stand in no list of the prover's. */
class UnlistedMutantsIT {

    private static OddDatabase database;
    private static IsolationProof proof;

    @BeforeAll
    static void open() throws Exception {
        database = OddDatabase.create();
        proof = IsolationProof.open(database.admin(), OddDatabase.APP, Map.of());
    }

    @AfterAll
    static void close() throws SQLException {
        proof.close();
    }

    @Test
    void nothingIsNoticedWhereNothingIsBroken() throws SQLException {
        assertThat(proof.notices("alter table nodes replica identity full", "create publication news for table nodes"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Policies
                "alter policy owner_isolation on nodes using (owner_id = (select app.current_owner()) or owner_id is null)",
                "alter policy owner_isolation on nodes using (owner_id like (select app.current_owner()))",
                "alter policy owner_isolation on nodes using (owner_id = (select current_setting('app.user_id', true)))",
                "alter policy owner_isolation on nodes using (owner_id = any (array[(select app.current_owner()), 'legacy']))",
                "alter policy owner_isolation on nodes to notes_app",
                "alter policy owner_isolation on nodes to pg_monitor",
                """
                drop policy owner_isolation on nodes;
                create policy owner_isolation on nodes for select using (owner_id = (select app.current_owner()))""",
                """
                drop policy owner_isolation on nodes;
                create policy owner_isolation on nodes as restrictive using (owner_id = (select app.current_owner()))""",
                """
                create policy shared on nodes for select using (true);
                insert into app.declared_policy values ('public', 'nodes', 'shared', 'Said to be harmless')""",
                "drop policy owner_isolation on nodes",
                // The table
                "create rule quiet as on insert to nodes do also notify inserted",
                "create rule quiet as on delete to nodes do instead nothing",
                "alter table nodes alter owner_id set default current_user",
                "alter table nodes alter owner_id set default coalesce(app.current_owner(), 'legacy')",
                "alter table nodes drop constraint nodes_pkey cascade, alter owner_id drop not null",
                "alter table nodes rename owner_id to tenant",
                "alter table nodes disable row level security; alter table nodes rename to old_nodes",
                "alter table nodes drop constraint owner_id_valid",
                "alter table nodes drop constraint nodes_pkey cascade, add primary key (id, owner_id)",
                "create unique index on nodes (md5(id::text))",
                "create unique index on nodes (id) where parent is null",
                "alter table nodes add constraint alone exclude using btree (id with =)",
                "create table kids () inherits (nodes)",
                "create table kids () inherits (nodes); grant select on kids to notes_app",
                """
                create table parts (owner_id text not null default app.current_owner(), id uuid not null, primary key (owner_id, id)) partition by hash (owner_id);
                select app.partition('parts', 1); select app.protect('parts', 'notes_app'); grant select on parts_0 to notes_app""",
                """
                create table parts (owner_id text not null default app.current_owner(), id uuid not null, primary key (owner_id, id)) partition by hash (owner_id);
                select app.protect('parts', 'notes_app');
                create table part (owner_id text not null default app.current_owner(), id uuid not null, constraint owner_id_valid check (owner_id <> '')); grant select on part to notes_app;
                alter table parts attach partition part for values with (modulus 1, remainder 0)""",
                """
                create table parts (owner_id text not null default app.current_owner(), id uuid not null, primary key (owner_id, id)) partition by hash (owner_id);
                select app.partition('parts', 1); select app.protect('parts', 'notes_app');
                alter table parts_0 enable row level security; create policy wide on parts_0 using (true); grant select on parts_0 to notes_app""",
                // Beside the table
                "create view near as select * from nodes; grant select, insert, update, delete on near to notes_app",
                "create view near with (security_barrier) as select * from nodes where owner_id = app.current_owner(); grant select on near to notes_app",
                "create view near as select * from nodes; grant select on near to public",
                """
                create view near as select * from nodes; grant select on near to notes_app;
                create function redirect() returns trigger language plpgsql security definer as $f$ begin return null; end $f$;
                create trigger redirected instead of insert on near for each row execute function redirect()""",
                "create materialized view near as select * from nodes; grant select on near to notes_app",
                "create table near as table nodes",
                "create table near as table nodes; grant select (id) on near to public",
                "create table near (like nodes including all); grant select on near to notes_app",
                """
                create table near (body text); grant select on near to notes_app;
                create function copy() returns trigger language plpgsql security definer as $f$ begin insert into near values (new::text); return new; end $f$;
                create trigger copied after insert on nodes for each row execute function copy()""",
                """
                create table near (body text);
                create function copy() returns trigger language plpgsql security definer as $f$ begin insert into near values (new::text); return new; end $f$;
                create trigger copied after insert on nodes for each row execute function copy()""",
                "create function near() returns bigint language sql security definer as 'select count(*) from nodes'",
                "create procedure near() language sql security definer as 'delete from nodes'",
                """
                create function near(int) returns bigint language sql security definer as 'select count(*) from nodes';
                revoke all on function near(int) from public; grant execute on function near(int) to notes_app""",
                "create view near with (security_invoker) as select query from pg_stat_activity; alter view near owner to notes_app",
                "create foreign data wrapper w; create server s foreign data wrapper w; create foreign table far (id int) server s; grant select on far to notes_app",
                "grant usage on language plpgsql to notes_app with grant option; create extension file_fdw; create server s foreign data wrapper file_fdw; grant usage on foreign server s to notes_app",
                "create sequence shared; grant all on sequence shared to notes_app",
                "create sequence shared; grant select on sequence shared to public",
                "select lo_from_bytea(7, 'x'); grant select on large object 7 to notes_app; grant execute on function lo_get(oid) to notes_app",
                "grant execute on function pg_read_file(text) to notes_app",
                "grant execute on function pg_ls_dir(text) to public",
                "grant select on pg_statistic to notes_app",
                // Grants
                "grant all on nodes to public",
                "grant select on nodes to public",
                "grant all on all tables in schema public to notes_app",
                "grant truncate on nodes to notes_app",
                "grant references (id) on nodes to notes_app",
                "alter default privileges for role notes_owner grant select on tables to notes_app",
                "alter default privileges for role notes_owner in schema public grant all on tables to public",
                "alter default privileges grant execute on functions to notes_app",
                "grant create on schema public to public",
                "grant temporary on database {database} to notes_app",
                "grant set on parameter row_security to notes_app",
                // Roles
                "alter role notes_app set app.user_id = 'somebody'",
                "alter role all set app.user_id = 'somebody'",
                "alter role notes_app in database {database} set app.user_id to 'somebody'",
                "alter database {database} set app.user_id = 'somebody'",
                "alter database {database} set row_security = off",
                "alter role notes_app set role = notes_owner",
                "grant pg_read_all_data to notes_app",
                "grant pg_write_all_data to notes_app",
                "grant pg_read_server_files to notes_app",
                "grant pg_execute_server_program to notes_app",
                "grant pg_signal_backend to notes_app",
                "grant pg_read_all_stats to notes_app",
                "create role seer bypassrls; grant seer to notes_app with inherit false, set true",
                "create role step; create role seer bypassrls; grant seer to step; grant step to notes_app",
                "grant notes_owner to notes_app with inherit false, set true",
                "grant notes_owner to notes_app with inherit true, set false",
                "alter role notes_app createdb",
                "alter schema app owner to notes_app",
                "alter function app.current_owner() owner to notes_app",
                "alter table nodes owner to notes_app",
                // The policy's function
                """
                create or replace function app.current_owner() returns text language plpgsql stable parallel restricted security definer
                set search_path = pg_catalog, pg_temp as $f$ begin return coalesce(nullif(current_setting('app.user_id', true), ''), 'legacy'); end $f$""",
                """
                create or replace function app.current_owner() returns text language sql stable
                as $f$ select nullif(current_setting('app.user_id', true), '') $f$""",
                "alter function app.current_owner() set search_path = pg_temp, pg_catalog",
                "alter function app.current_owner() set search_path = 'pg_catalog, pg_temp'",
                "alter function app.current_owner() security invoker",
                "alter function app.current_owner() parallel safe",
                "alter function app.current_owner() leakproof",
                "alter function app.current_owner() set row_security = off",
                "create function app.current_owner(text default 'legacy') returns text language sql as 'select $1'",
                """
                create or replace function app.bindings_are_signed() returns boolean language sql immutable parallel safe set search_path = pg_catalog, pg_temp
                as $f$ select current_user = 'notes_owner' $f$""",
                // Code that runs unasked
                "create function tell(text) returns boolean language plpgsql leakproof cost 0.0001 as $f$ begin raise notice '%', $1; return true; end $f$",
                """
                create function same(text, text) returns boolean language plpgsql leakproof as $f$ begin raise notice '%', $1; return true; end $f$;
                create operator === (leftarg = text, rightarg = text, function = same)""",
                """
                create function login() returns event_trigger language plpgsql as $f$ begin perform set_config('app.user_id', 'legacy', false); end $f$;
                create event trigger at_login on login execute function login()""",
                "create function become() returns text language sql as $f$ select set_config('app.user_id', 'legacy', true) $f$",
                """
                create function become() returns trigger language plpgsql as $f$ begin perform set_config('app.user_id', 'legacy', true); return new; end $f$;
                create trigger becoming before insert on nodes for each row execute function become()""",
                "create function become() returns int language sql set app.user_id = 'legacy' as 'select 1'",
                """
                create function audited(text) returns boolean language plpgsql cost 0.0001 as $f$ begin raise notice '%', $1; return true; end $f$;
                create policy audited on nodes as restrictive using (audited(owner_id))""",
                // Ways in
                """
                do $do$ begin execute format('grant select on %s to notes_app',
                  (select reltoastrelid::regclass from pg_class where relname = 'Odd Things')); end $do$;
                grant usage on schema pg_toast to notes_app""",
                "create policy writable on app.declared_policy for insert with check (true); grant insert on app.declared_policy to notes_app",
                "alter table app.declared_policy disable row level security; grant insert on app.declared_policy to notes_app",
                "grant select on sequence \"Odd Things_number_seq\" to notes_app",
                "create role seer bypassrls; grant seer to notes_app with admin true, inherit false, set false",
                "create role between; grant notes_owner to between; grant between to notes_app",
                "create extension dblink",
                "create extension pg_stat_statements; grant select on pg_stat_statements to notes_app",
                "create table app.planned (id int); grant select on app.planned to notes_app",
                // What is gone
                "drop function app.current_owner() cascade",
                "alter table nodes drop column owner_id cascade",
                "alter table nodes alter owner_id set default null",
                // New tables
                "create table planned (owner_id varchar(40) not null default app.current_owner(), id uuid, primary key (owner_id, id)); grant select on planned to notes_app",
                """
                create table planned (owner_id text not null, id uuid); alter table planned enable row level security, force row level security;
                create policy owner_isolation on planned using (owner_id = (select app.current_owner())) with check (owner_id = (select app.current_owner()));
                grant select on planned to notes_app""",
                "create table planned (id int)",
                "create table planned (owner_id text); alter table planned enable row level security",
                "create table planned (owner_id text not null, id uuid); select app.protect('planned', 'notes_app'); alter table planned no force row level security",
            })
    void breakIsNoticed(String sql) throws SQLException {
        assertThat(proof.notices(sql.replace("{database}", database.name()))).isTrue();
    }
}
