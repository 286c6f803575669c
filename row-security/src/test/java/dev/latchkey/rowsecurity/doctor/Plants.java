package dev.latchkey.rowsecurity.doctor;

import static dev.latchkey.rowsecurity.doctor.Plant.plant;

import java.util.stream.Stream;

/** Every violation that the doctor claims to find, and what looks like one but is none. */
final class Plants {

    private static final String SHARED_COLOURS = """
            create table colours (code text primary key);
            alter table colours enable row level security;
            create policy colours_readable on colours for select using (true);
            grant select on colours to notes_app;
            insert into app.declared_policy values ('public', 'colours', 'colours_readable', 'Everybody has the same colours');
            """;

    private Plants() {}

    /** Of the role, the database and the functions. */
    static Stream<Plant> around() {
        return Stream.of(
                plant("superuser", "alter role notes_app superuser", "role-superuser role notes_app"),
                plant("BYPASSRLS", "alter role notes_app bypassrls", "role-bypasses-rls role notes_app"),
                plant(
                        "owner set for every role of every database",
                        "alter role all set app.user_id = 'alice'",
                        "ambient-owner role all"),
                plant(
                        "another role for every role of every database",
                        "alter role all set role = notes_owner",
                        "role-setting role for role all"),
                plant("leakproof operator", """
                        create function same(text, text) returns boolean language plpgsql leakproof
                          as $$begin raise notice '%', $2; return true; end$$;
                        create operator === (leftarg = text, rightarg = text, function = same)""", "leakproof-function function public.same(text,text)"),
                plant(
                        "leakproof",
                        "alter function app.current_owner() leakproof",
                        "current-owner-definition function app.current_owner()"),
                plant("REPLICATION", "alter role notes_app replication", "role-elevated role notes_app"),
                plant("CREATEROLE", "alter role notes_app createrole", "role-elevated role notes_app"),
                plant(
                        "member of a role with BYPASSRLS, at one remove",
                        "create role seer bypassrls; create role go_between; grant seer to go_between; grant go_between to notes_app",
                        "role-member-elevated role notes_app, through seer"),
                plant(
                        "member of a role that reads everything",
                        "grant pg_read_all_data to notes_app",
                        "role-member-elevated role notes_app, through pg_read_all_data"),
                plant(
                        "member of the owning role",
                        "grant notes_owner to notes_app",
                        "role-member-of-owner role notes_app, through notes_owner"),
                plant("owner of a table", "alter table notes owner to notes_app", "role-owns table public.notes"),
                plant(
                        "owner of the policy's function",
                        "alter function app.current_owner() owner to notes_app",
                        "role-owns function app.current_owner()"),
                plant(
                        "owner of the database",
                        "alter database postgres owner to notes_app",
                        "role-owns database postgres"),
                plant(
                        "bound by the role's settings",
                        "alter role notes_app set app.user_id = 'alice'",
                        "ambient-owner role notes_app"),
                plant(
                        "bound by the database's settings",
                        "alter database postgres set app.user_id = 'alice'",
                        "ambient-owner database postgres"),
                plant(
                        "temporary tables",
                        "grant temporary on database postgres to public",
                        "database-grant database postgres: TEMPORARY to public"),
                plant(
                        "schemas",
                        "grant create on database postgres to notes_app",
                        "database-grant database postgres: CREATE to notes_app"),
                plant(
                        "tables in a schema, through a group",
                        "create role writers; grant create on schema public to writers; grant writers to notes_app",
                        "schema-create schema public: CREATE to writers"),
                plant(
                        "a large object",
                        "select lo_create(4711); grant execute on function lo_creat(integer) to public",
                        "large-objects functions lo_creat"),
                plant(
                        "a column for large objects",
                        "alter table notes add picture oid;" + " grant execute on function lo_creat(integer) to public",
                        "large-objects functions lo_creat"),
                plant(
                        "definer's function",
                        "create function leak() returns setof notes language sql security definer as 'select * from notes'",
                        "definer-function function public.leak()"),
                plant(
                        "no app.current_owner()",
                        "drop function app.current_owner() cascade",
                        "current-owner-missing function app.current_owner()",
                        "owner-id-default public.notes.owner_id",
                        "policy-missing public.notes"),
                plant(
                        "immutable",
                        "alter function app.current_owner() immutable",
                        "current-owner-volatility function app.current_owner()"),
                plant(
                        "volatile",
                        "alter function app.current_owner() volatile",
                        "current-owner-volatility function app.current_owner()"),
                plant(
                        "no search_path",
                        "alter function app.current_owner() reset search_path",
                        "current-owner-search-path function app.current_owner()"),
                plant(
                        "caller's search_path",
                        "alter function app.current_owner() set search_path = public, pg_catalog",
                        "current-owner-search-path function app.current_owner()"),
                plant(
                        "invoker's rights",
                        "alter function app.current_owner() security invoker",
                        "current-owner-definition function app.current_owner()"),
                plant(
                        "in parallel workers",
                        "alter function app.current_owner() parallel safe",
                        "current-owner-definition function app.current_owner()"),
                plant("signatures by a setting", """
                        create or replace function app.bindings_are_signed() returns boolean language sql immutable
                        as $$select current_setting('app.signed', true) is distinct from 'off'$$""", "current-owner-definition function app.bindings_are_signed()"),
                plant(
                        "readable keys",
                        "grant select on app.binding_key to notes_app",
                        "binding-key app.binding_key: SELECT to notes_app"),
                plant(
                        "keys that another role reads, by column",
                        "create role auditor; grant select (secret) on app.binding_key to auditor",
                        "binding-key app.binding_key: SELECT to auditor"),
                plant(
                        "keys to add",
                        "grant execute on function app.add_binding_key(bytea) to notes_app",
                        "binding-key function app.add_binding_key(bytea)"),
                plant(
                        "keys that nothing watches",
                        "alter table app.binding_key disable trigger binding_key_changed",
                        "binding-key trigger binding_key_changed on app.binding_key"),
                plant(
                        "policy function with a setting of its own",
                        "alter function app.current_owner() set app.user_id = 'alice'",
                        "current-owner-definition function app.current_owner()"),
                plant(
                        "policy function of the same name with an argument",
                        "create function app.current_owner(who text default 'alice') returns text language sql as 'select who'",
                        "current-owner-definition function app.current_owner(text)"),
                plant(
                        "definer's procedure in another schema, through a group that is not inherited",
                        """
                        create schema "Tools.of ours"; create role "Odd Group";
                        grant usage on schema "Tools.of ours" to "Odd Group";
                        grant "Odd Group" to notes_app with inherit false;
                        create procedure "Tools.of ours".wipe() language sql security definer as 'delete from public.notes';
                        revoke execute on procedure "Tools.of ours".wipe() from public;
                        grant execute on procedure "Tools.of ours".wipe() to "Odd Group\"""",
                        "definer-function function \"Tools.of ours\".wipe()"),
                plant(
                        "definer's function behind an aggregate",
                        """
                        create function count_all(bigint, text) returns bigint language sql security definer as 'select count(*) from public.notes';
                        revoke execute on function count_all(bigint, text) from public;
                        create aggregate total(text) (sfunc = count_all, stype = bigint)""",
                        "definer-function function public.count_all(bigint,text), by aggregate public.total(text)"),
                plant(
                        "definer's function out of reach but for a default",
                        """
                        create schema hidden;
                        create function hidden.newest() returns text language sql security definer as 'select max(title) from public.notes';
                        alter table notes alter column title set default hidden.newest()""",
                        "definer-function function hidden.newest()"),
                plant(
                        "definer's trigger",
                        """
                        create function stamp() returns trigger language plpgsql security definer as $$begin return new; end$$;
                        revoke execute on function stamp() from public;
                        create trigger stamped before insert on notes for each row execute function stamp()""",
                        "definer-function function public.stamp(), by trigger stamped on public.notes"),
                plant("trigger that binds another owner", """
                        create function become_alice() returns trigger language plpgsql
                          as $$begin perform set_config('app.user_id', 'alice', true); return new; end$$;
                        revoke execute on function become_alice() from public;
                        create trigger becoming before insert on notes for each row execute function become_alice()""", "owner-switched trigger becoming on public.notes"),
                plant(
                        "function that runs as another owner",
                        "create function as_alice() returns bigint language sql set app.user_id = 'alice' as 'select count(*) from public.notes'",
                        "owner-switched function public.as_alice()"),
                plant(
                        "internal function under a new name",
                        "create function peek(text) returns bytea language internal as 'pg_read_binary_file_all'",
                        "untrusted-function function public.peek(text) in internal"),
                plant(
                        "function in an untrusted language",
                        """
                        create language wild handler plpgsql_call_handler;
                        create function wild_one() returns int language wild as 'begin return 1; end'""",
                        "untrusted-function function public.wild_one() in wild"),
                plant(
                        "the server's files",
                        "grant execute on function pg_read_file(text) to public",
                        "server-function function pg_read_file(text)"),
                plant("dblink", "create extension dblink", "server-function extension dblink"),
                plant(
                        "pg_stat_statements",
                        "create extension pg_stat_statements",
                        "server-function extension pg_stat_statements",
                        "view-definer view public.pg_stat_statements",
                        "view-definer view public.pg_stat_statements_info"),
                plant(
                        "statistics of all owners",
                        "grant select on pg_statistic to notes_app",
                        "catalogue-grant pg_statistic: SELECT to notes_app"),
                plant(
                        "passwords, by column",
                        "grant select (rolpassword) on pg_authid to public",
                        "catalogue-grant pg_authid.rolpassword: SELECT to public"),
                plant(
                        "view put among Postgres' own",
                        "create view information_schema.titles as select title from public.notes; grant select on information_schema.titles to public",
                        "view-definer view information_schema.titles"),
                plant(
                        "foreign server with a mapping for everybody",
                        """
                        create foreign data wrapper nowhere; create server elsewhere foreign data wrapper nowhere;
                        grant usage on foreign server elsewhere to notes_app;
                        create user mapping for public server elsewhere""",
                        "foreign-server server elsewhere: USAGE to notes_app",
                        "foreign-server user mapping for public on server elsewhere"),
                plant("login trigger", """
                        create function greet() returns event_trigger language plpgsql
                          as $$begin perform set_config('app.user_id', 'alice', false); end$$;
                        revoke execute on function greet() from public;
                        create event trigger greeting on login execute function greet()""", "event-trigger event trigger greeting"),
                plant(
                        "parameter of superusers",
                        "grant set on parameter session_replication_role to notes_app",
                        "parameter-grant SET on parameter session_replication_role to notes_app"),
                plant(
                        "no foreign keys and triggers",
                        "alter role notes_app in database postgres set session_replication_role = replica",
                        "role-setting session_replication_role for role notes_app in database postgres"),
                plant(
                        "default privileges",
                        "alter default privileges for role notes_owner in schema public grant select on tables to notes_app",
                        "default-privileges default privileges of notes_owner in schema public: tables to notes_app"),
                plant(
                        "member of a role that maintains everything, without inheriting",
                        "grant pg_maintain to notes_app with inherit false",
                        "role-member-elevated role notes_app, through pg_maintain"),
                plant("another definition", """
                        create or replace function app.current_owner() returns text language plpgsql stable parallel safe
                          set search_path = pg_catalog, pg_temp
                        as $$begin return coalesce(current_setting('app.user_id', true), 'alice'); end$$""", "current-owner-definition function app.current_owner()"));
    }

    /** Of the protected table {@code notes}. */
    static Stream<Plant> inProtectedTable() {
        return Stream.of(
                plant("off", "alter table notes disable row level security", "rls-disabled public.notes"),
                plant("not forced", "alter table notes no force row level security", "rls-not-forced public.notes"),
                plant("no policy", "drop policy owner_isolation on notes", "policy-missing public.notes"),
                plant(
                        "policy of true",
                        "alter policy owner_isolation on notes using (true)",
                        "policy-missing public.notes",
                        "policy-undeclared policy owner_isolation on public.notes"),
                plant(
                        "policy without the sub-select",
                        "alter policy owner_isolation on notes using (owner_id = app.current_owner())",
                        "policy-missing public.notes",
                        "policy-undeclared policy owner_isolation on public.notes"),
                plant(
                        "policy without WITH CHECK",
                        """
                        drop policy owner_isolation on notes;
                        create policy owner_isolation on notes using (owner_id = (select app.current_owner()))""",
                        "policy-missing public.notes",
                        "policy-undeclared policy owner_isolation on public.notes"),
                plant(
                        "policy for one verb",
                        """
                        drop policy owner_isolation on notes;
                        create policy owner_isolation on notes for select using (owner_id = (select app.current_owner()))""",
                        "policy-missing public.notes",
                        "policy-undeclared policy owner_isolation on public.notes"),
                plant(
                        "policy of a function of the same name",
                        """
                        create function public.current_owner() returns text language sql as 'select null::text';
                        alter policy owner_isolation on notes using (owner_id = (select public.current_owner()))""",
                        "policy-missing public.notes",
                        "policy-undeclared policy owner_isolation on public.notes"),
                plant(
                        "further policy",
                        "create policy everybody on notes for select using (true)",
                        "policy-undeclared policy everybody on public.notes"),
                plant(
                        "varchar",
                        """
                        drop policy owner_isolation on notes; alter table notes disable row level security;
                        alter table notes alter column owner_id type varchar(128)""",
                        "owner-id-check public.notes.owner_id",
                        "owner-id-type public.notes.owner_id",
                        "table-unprotected public.notes"),
                plant(
                        "nullable",
                        "alter table notes drop constraint notes_pkey, alter column owner_id drop not null",
                        "owner-id-nullable public.notes.owner_id"),
                plant(
                        "no default",
                        "alter table notes alter column owner_id drop default",
                        "owner-id-default public.notes.owner_id"),
                plant(
                        "default of a constant",
                        "alter table notes alter column owner_id set default 'alice'",
                        "owner-id-default public.notes.owner_id"),
                plant(
                        "no check",
                        "alter table notes drop constraint owner_id_valid",
                        "owner-id-check public.notes.owner_id"),
                plant(
                        "check that lets '' pass",
                        "alter table notes drop constraint owner_id_valid, add check (length(owner_id) >= 0)",
                        "owner-id-check public.notes.owner_id"),
                plant("check not validated", """
                        alter table notes drop constraint owner_id_valid,
                          add constraint owner_id_valid check (owner_id ~ '^[A-Za-z0-9._:-]{1,128}$') not valid""", "owner-id-check public.notes.owner_id"),
                plant(
                        "primary key of id",
                        "alter table notes drop constraint notes_pkey, add primary key (id)",
                        "primary-key public.notes"),
                plant(
                        "primary key that ends with owner_id",
                        "alter table notes drop constraint notes_pkey, add primary key (id, owner_id)",
                        "primary-key public.notes"),
                plant(
                        "unique constraint",
                        "alter table notes add unique (title)",
                        "unique-key public.notes_title_key on public.notes"),
                plant(
                        "unique index on an expression",
                        "create unique index notes_lower on notes (lower(title))",
                        "unique-key public.notes_lower on public.notes"),
                plant(
                        "exclusion constraint",
                        "alter table notes add constraint one_title exclude using btree (title with =)",
                        "unique-key public.one_title on public.notes"),
                plant(
                        "foreign key to a table that is not shared",
                        "create table secret (id int primary key); alter table notes add secret_id int references secret",
                        "foreign-key notes_secret_id_fkey on public.notes"),
                plant(
                        "foreign key that pairs owner_id with another column",
                        """
                        create table tags (owner_id text, id text, primary key (id, owner_id));
                        alter table notes add constraint crossed foreign key (owner_id, title) references tags (id, owner_id)""",
                        "foreign-key crossed on public.notes",
                        "table-unprotected public.tags"),
                plant("collation that knows no case", """
                        create collation careless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                        create table badges (owner_id text collate careless not null, id int);
                        select app.protect('badges', 'notes_app')""", "owner-id-type public.badges.owner_id"),
                plant(
                        "policy of an operator that compares nothing",
                        """
                        create function public.same(text, text) returns boolean language sql as 'select true';
                        create operator public.= (leftarg = text, rightarg = text, function = public.same);
                        drop policy owner_isolation on notes;
                        create policy owner_isolation on notes using (owner_id operator(public.=) (select app.current_owner()))
                          with check (owner_id operator(public.=) (select app.current_owner()))""",
                        "policy-missing public.notes",
                        "policy-undeclared policy owner_isolation on public.notes"),
                plant(
                        "standard USING, WITH CHECK of true",
                        "alter policy owner_isolation on notes with check (true)",
                        "policy-missing public.notes",
                        "policy-undeclared policy owner_isolation on public.notes"),
                plant(
                        "standard policy for the application only",
                        "alter policy owner_isolation on notes to notes_app",
                        "policy-missing public.notes"),
                plant(
                        "SELECT to PUBLIC",
                        "grant select on notes to public",
                        "table-grant public.notes: SELECT to public"),
                plant(
                        "standard policy for somebody else",
                        "create role somebody; alter policy owner_isolation on notes to somebody",
                        "policy-missing public.notes"),
                plant(
                        "off, not forced and without its policy",
                        """
                        drop policy owner_isolation on notes; create policy all_of_it on notes using (true);
                        alter table notes disable row level security, no force row level security""",
                        "rls-disabled public.notes",
                        "rls-not-forced public.notes",
                        "policy-missing public.notes",
                        "policy-undeclared policy all_of_it on public.notes"),
                plant(
                        "unique index of a part of the rows, with owner_id only included",
                        "create unique index one_draft on notes (title) include (owner_id) where title = 'draft'",
                        "unique-key public.one_draft on public.notes"),
                plant(
                        "unique constraint, deferrable, of nulls",
                        "alter table notes add constraint one_null unique nulls not distinct (title, owner_id) deferrable",
                        "unique-key public.one_null on public.notes"),
                plant(
                        "exclusion of every other owner",
                        "create extension btree_gist; alter table notes add constraint alone exclude using gist (owner_id with <>)",
                        "unique-key public.alone on public.notes"),
                plant(
                        "foreign key between protected tables, without the owner",
                        """
                        create table albums (id uuid not null); select app.protect('albums', 'notes_app');
                        alter table albums add constraint album unique (id);
                        alter table notes add album uuid,
                          add constraint in_album foreign key (album) references albums (id) on delete set null""",
                        "unique-key public.album on public.albums",
                        "foreign-key in_album on public.notes"),
                plant("rule that copies", """
                        create table copies (title text);
                        create rule copying as on insert to notes do also insert into copies values (new.title)""", "rule rule copying on public.notes"),
                plant(
                        "sequence that tells",
                        "create sequence tickets; grant all on sequence tickets to notes_app",
                        "sequence-grant sequence public.tickets: SELECT, UPDATE to notes_app"),
                plant(
                        "no index",
                        "alter table notes drop constraint notes_pkey; drop index notes_owner_id_updated_at_id_idx",
                        "index-missing public.notes"),
                plant(
                        "TRUNCATE",
                        "grant truncate on notes to notes_app",
                        "table-grant public.notes: TRUNCATE to notes_app"),
                plant(
                        "TRIGGER to PUBLIC",
                        "grant trigger on notes to public",
                        "table-grant public.notes: TRIGGER to public"),
                plant(
                        "MAINTAIN",
                        "grant maintain on notes to notes_app",
                        "table-grant public.notes: MAINTAIN to notes_app"),
                plant(
                        "REFERENCES on a column",
                        "grant references (id) on notes to notes_app",
                        "table-grant public.notes: REFERENCES to notes_app"),
                plant(
                        "grant option",
                        "grant select on notes to notes_app with grant option",
                        "table-grant public.notes: SELECT with grant option to notes_app"));
    }

    /** Of what stands beside the protected table. */
    static Stream<Plant> beside() {
        return Stream.of(
                plant(
                        "no owner_id and not declared",
                        "create table colours (code text primary key); grant select on colours to notes_app",
                        "table-undeclared public.colours"),
                plant(
                        "table of a migration tool",
                        "create table flyway_schema_history (installed_rank int primary key); grant select on flyway_schema_history to public;"
                                + "insert into flyway_schema_history values (1)",
                        "table-undeclared public.flyway_schema_history"),
                plant("reached by one column, through a group", """
                        create table colours (code text primary key); create role readers;
                        grant select (code) on colours to readers; grant readers to notes_app""", "table-undeclared public.colours"),
                plant(
                        "shared, its row security off",
                        SHARED_COLOURS + "alter table colours disable row level security",
                        "rls-disabled public.colours"),
                plant(
                        "shared, with a policy that is not declared",
                        SHARED_COLOURS + "create policy colours_writable on colours for insert with check (true)",
                        "policy-undeclared policy colours_writable on public.colours"),
                plant(
                        "shared, referring to a protected table",
                        SHARED_COLOURS + """
                                alter table colours add who text, add note uuid,
                                  add constraint pointer foreign key (who, note) references notes (owner_id, id)""",
                        "foreign-key pointer on public.colours"),
                plant("owner_id and no row security", """
                        create table tags (
                          owner_id text not null default app.current_owner() check (owner_id <> ''), id uuid, primary key (owner_id, id));
                        grant select on tags to notes_app""", "table-unprotected public.tags"),
                plant(
                        "owner_id and no row security, not yet granted, with an odd name",
                        """
                        create schema "A b"; grant usage on schema "A b" to notes_app;
                        create table "A b"."T.t" (owner_id text, id int)""",
                        "table-unprotected \"A b\".\"T.t\""),
                plant("policies without row security, not yet granted", """
                        create table tags (id int); select app.protect('tags', 'notes_app'); revoke all on tags from notes_app;
                        alter table tags disable row level security""", "rls-disabled public.tags"),
                plant("table of the same name in another schema", """
                        create schema other; grant usage on schema other to notes_app;
                        create table other.notes (id int); grant select on other.notes to notes_app""", "table-undeclared other.notes"),
                plant(
                        "column that is not quite owner_id",
                        "create table tags (\"Owner_Id\" text, id int); grant select on tags to notes_app",
                        "table-undeclared public.tags"),
                plant("view of the invoker over a view of the definer", """
                        create view inner_titles as select title from notes; grant select on inner_titles to notes_app;
                        create view titles with (security_invoker = on) as select title from inner_titles; grant select on titles to notes_app""", "view-definer view public.inner_titles"),
                plant(
                        "partition attached with a key and a rule of its own",
                        """
                        create table logs (owner_id text not null, id uuid not null, name text, primary key (owner_id, id)) partition by hash (owner_id);
                        select app.protect('logs', 'notes_app');
                        create table logs_0 (like logs including defaults including constraints);
                        alter table logs_0 add constraint logs_0_name unique (name);
                        alter table logs attach partition logs_0 for values with (modulus 1, remainder 0);
                        create rule copying as on delete to logs_0 do instead nothing""",
                        "unique-key public.logs_0_name on public.logs_0",
                        "rule rule copying on public.logs_0"),
                plant(
                        "view of the definer",
                        "create view titles as select title from notes; grant select on titles to notes_app",
                        "view-definer view public.titles"),
                plant(
                        "materialized view",
                        "create materialized view titles as select title from notes; grant select on titles to notes_app",
                        "materialized-view materialized view public.titles"),
                plant("foreign table", """
                        create foreign data wrapper nowhere; create server elsewhere foreign data wrapper nowhere;
                        create foreign table far (owner_id text) server elsewhere; grant select on far to notes_app""", "foreign-table foreign table public.far"),
                plant("partition that can be named itself", """
                        create table logs (owner_id text not null, id uuid not null, primary key (owner_id, id)) partition by hash (owner_id);
                        create table logs_0 partition of logs for values with (modulus 1, remainder 0);
                        select app.protect('logs', 'notes_app');
                        grant select on logs_0 to notes_app""", "child-table public.logs_0"),
                plant(
                        "protected rows in a shared parent",
                        SHARED_COLOURS + """
                                create table own_colours (code text not null, id uuid);
                                select app.protect('own_colours', 'notes_app');
                                alter table own_colours inherit colours""",
                        "child-table public.own_colours, through public.colours"));
    }

    static Stream<Plant> harmless() {
        return Stream.of(
                plant("shared and declared", SHARED_COLOURS),
                plant(
                        "foreign key to a shared table",
                        SHARED_COLOURS + "alter table notes add colour text references colours"),
                plant("further policy that is declared", """
                        create policy everybody on notes for select using (true);
                        insert into app.declared_policy values ('public', 'notes', 'everybody', 'A test')"""),
                plant(
                        "further policy of another role",
                        "create role other; create policy other_only on notes to other using (true)"),
                plant(
                        "restrictive policy",
                        "create policy narrower on notes as restrictive for delete using (title is null)"),
                plant(
                        "other spelling of the check",
                        "alter table notes drop constraint owner_id_valid, add check (length(owner_id) > 0)"),
                plant(
                        "sequence for numbers only",
                        "create sequence tickets; grant usage on sequence tickets to notes_app"),
                plant("plain trigger", """
                        create function stamp() returns trigger language plpgsql as $$begin new.updated_at := now(); return new; end$$;
                        create trigger stamped before update on notes for each row execute function stamp()"""),
                plant("definer's trigger of the tables' owner", """
                        create function stamp() returns trigger language plpgsql security definer
                          set search_path = pg_catalog, pg_temp as $$begin new.updated_at := now(); return new; end$$;
                        alter function stamp() owner to notes_owner; revoke execute on function stamp() from public;
                        create trigger stamped before update on notes for each row execute function stamp()"""),
                plant("extension of plain functions", "create extension pg_trgm"),
                plant("trigger of Postgres' own in C", """
                        alter table notes add words tsvector;
                        create trigger worded before insert on notes for each row
                          execute function tsvector_update_trigger(words, 'pg_catalog.simple', title)"""),
                plant(
                        "default privileges taken from PUBLIC",
                        "alter default privileges for role notes_owner revoke execute on functions from public"),
                plant("member of a harmless role of Postgres'", "grant pg_use_reserved_connections to notes_app"),
                plant("table without grants", "create table secret (id int)"),
                plant(
                        "table in a schema that is out of reach",
                        "create schema far; create table far.secret (id int); grant all on far.secret to notes_app"),
                plant("view of the invoker", """
                        create view titles with (security_invoker = on) as select title from notes;
                        grant select on titles to notes_app"""),
                plant("definer's function that is revoked", """
                        create function leak() returns setof notes language sql security definer as 'select * from notes';
                        revoke execute on function leak() from public"""),
                plant(
                        "foreign key that begins with owner_id",
                        "alter table notes add parent uuid, add foreign key (owner_id, parent) references notes (owner_id, id)"),
                plant("partitioned table", """
                        create table logs (owner_id text not null, id uuid not null, primary key (owner_id, id)) partition by hash (owner_id);
                        create table logs_0 partition of logs for values with (modulus 1, remainder 0);
                        select app.protect('logs', 'notes_app')"""));
    }

    /** Schemas of others, with a row in each. */
    static Stream<Plant> others() {
        String grants = """
                do $$
                declare
                  t regclass;
                begin
                  for t in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where c.oid >= 16384 and n.nspname in ('public', 'My shop') and c.relkind in ('r', 'p') and c.relname <> 'notes'
                  loop
                    execute format('grant select, insert, update, delete on %s to notes_app', t);
                  end loop;
                end
                $$""";
        return Stream.of(
                plant("numbered, with references to itself and in a circle", """
                        create table staff (id serial primary key, boss int references staff on delete set null, name varchar(20) not null unique);
                        create table stores (id serial primary key, manager int not null references staff deferrable initially deferred);
                        alter table staff add store int references stores on update cascade;
                        create table shifts (staff int references staff on delete cascade, day date, primary key (staff, day));
                        with s as (insert into staff (name) values ('ann') returning id) insert into stores (manager) select id from s;
                        insert into shifts values (1, '2026-01-01');
                        set constraints all immediate;
                        """ + grants),
                plant("partitioned, and referred to", """
                        create table events (id bigint generated always as identity, at timestamptz not null, primary key (id, at)) partition by range (at);
                        create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01') partition by hash (id);
                        create table events_2026_0 partition of events_2026 for values with (modulus 1, remainder 0);
                        create table lists (region text, id int, owner_id text not null, primary key (region, id)) partition by list (region);
                        create table lists_eu partition of lists for values in ('eu');
                        create table entries (id int primary key, region text, list int, foreign key (region, list) references lists);
                        insert into events (at) values ('2026-05-05');
                        insert into lists values ('eu', 1, 'legacy');
                        insert into entries values (1, 'eu', 1);
                        """ + grants),
                plant("with an owner's number that refers to nothing", """
                        create table pets (id int primary key, owner_id bigint default 0, name text unique);
                        insert into pets values (1, 7, 'leo');
                        """ + grants),
                plant("oddly named", """
                        create schema "My shop"; grant usage on schema "My shop" to notes_app;
                        create table "My shop"."Кunde (alt)" ("Id" uuid primary key, "Voller Name" text, owner_id text not null,
                          constraint "it's one" unique ("Voller Name"));
                        create unique index "lower (it" on "My shop"."Кunde (alt)" (lower("Voller Name")) where "Voller Name" is not null;
                        create table "My shop"."select" ("from" int primary key, "x.y" uuid,
                          constraint "to?" foreign key ("x.y") references "My shop"."Кunde (alt)" on delete set null);
                        insert into "My shop"."Кunde (alt)" values (gen_random_uuid(), 'x', 'legacy');
                        insert into "My shop"."select" values (1);
                        """ + grants),
                plant("without any grant yet", """
                        create table orders (id int primary key, owner_id text);
                        create table lines (id int primary key, owner_id text, order_id int references orders)"""));
    }
}
