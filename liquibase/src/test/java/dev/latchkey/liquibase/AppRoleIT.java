package dev.latchkey.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.doctor.Doctor;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppRoleIT {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (id int)",
                "create table app.t (id int)",
                "create temporary table t (id int)",
                "create schema s",
                "create function f() returns int language sql return 1",
                "create view v as select 1",
                "truncate works",
                "alter table works disable row level security",
                "alter table works no force row level security",
                "alter table works add column c int",
                "alter table works disable trigger all",
                "drop table works",
                "drop policy owner_isolation on works",
                "create policy everything on works using (true)",
                "create index on works (title)",
                "create trigger t before insert on works execute function anchor_owner()",
                "alter function app.current_owner() immutable",
                "create or replace function app.current_owner() returns text language sql return 'alice'",
                "select app.protect('works', 'latchkey_app')",
                "select from app.key_violations('works')",
                "insert into app.declared_policy values ('public', 'works', 'p', 'r')",
                "select id from app_users",
                "insert into app_users (id) values ('alice')",
                "update app_users set deleted_at = null",
                "delete from app_users",
                "select public.anchor_owner()",
                "select maintenance.expire_receipts()",
                "select maintenance.expire_rate_limits()",
                "insert into audit (action, table_name, row_id) values ('create', 'works', gen_random_uuid())",
                "update audit set actor_uid = 'somebody'",
                "delete from audit",
                "truncate audit",
                "select id from audit_rest",
                "select public.audit_change()",
                "select public.record_changes('works')",
                "select maintenance.audit_months(1)",
                "select id from liquibase.databasechangelog",
                "set role latchkey_owner",
                "set role latchkey_maintenance",
                "set role postgres",
                "set session authorization latchkey_owner",
                "set session_replication_role = replica",
                "set log_min_messages = warning",
                "set log_error_verbosity = default",
                "set log_min_error_statement = error",
                "set log_parameter_max_length = -1",
                "select lo_create(0)",
                "select lo_from_bytea(0, 'x')",
                "select lo_get(1)",
                "select lo_import('/etc/passwd')",
                "select pg_read_file('/etc/passwd')",
                "copy works to program 'cat'",
                "copy works to '/tmp/works'",
                "create extension dblink",
                "create role r",
                "create publication p for all tables",
                "comment on table works is 'mine'"
            })
    void appRoleWhenItTriesThenRefused(String sql) throws SQLException {
        try (Session session = Migrated.server().boundTo("mallory")) {
            assertThatThrownBy(() -> session.update(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
        }
    }

    /** Not refused with 42501 but with an error of its own: Postgres will not filter silently. */
    @Test
    void appRoleWhenRowSecurityIsSwitchedOffForTheSessionThenQueriesFail() throws SQLException {
        try (Session session = Migrated.server().boundTo("mallory")) {
            session.update("set local row_security = off");

            assertThatThrownBy(() -> session.update("select id from works"))
                    .hasMessageContaining("query would be affected by row-level security policy");
        }
    }

    @Test
    void doctorWhenTheSchemaIsMigratedThenFindsNothing() throws SQLException {
        try (Session session = Migrated.server().connectAs("latchkey_app")) {
            assertThat(new Doctor().examine(session.connection())).isEmpty();
        }
    }

    @Test
    void functionsWhenMigratedThenPublicExecutesNone() throws SQLException {
        try (Session session = Migrated.server().connectAs("postgres")) {
            assertThat(session.texts("""
                            select p.oid::regprocedure from pg_proc p
                            cross join aclexplode(coalesce(proacl, acldefault('f', proowner))) a
                            where pronamespace in ('app'::regnamespace, 'public'::regnamespace, 'maintenance'::regnamespace) and a.grantee = 0""")).isEmpty();
        }
    }

    @Test
    void rolesWhenMigratedThenNoneIsAboveTheOthers() throws SQLException {
        try (Session session = Migrated.server().connectAs("postgres")) {
            assertThat(session.texts("""
                            select rolname from pg_roles where rolname ~ '^(latchkey_|keycloak$)'
                            and not (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication) order by rolname"""))
                    .containsExactly("keycloak", "latchkey_app", "latchkey_maintenance", "latchkey_owner");
            assertThat(
                            session.texts(
                                    "select from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname ~ '^latchkey_'"))
                    .isEmpty();
            assertThat(session.texts("select from pg_default_acl")).isEmpty();
        }
    }

    @Test
    void keycloakAndTheApplicationWhenMigratedThenCannotConnectToEachOthersDatabase() throws SQLException {
        try (Session session = Migrated.server().connectAs("postgres")) {
            assertThat(session.text("select has_database_privilege('latchkey_app', 'keycloak', 'connect')"))
                    .isEqualTo("f");
            assertThat(session.text("select has_database_privilege('keycloak', 'latchkey', 'connect')"))
                    .isEqualTo("f");
        }
    }
}
