package dev.latchkey.rowsecurity.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What app.protect makes of a table: judged by the doctor, who shares no code with it. */
class ProtectIT {

    private static final DoctorDatabase DATABASE = DoctorDatabase.shared();

    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        connection = DATABASE.connectAs("postgres");
        connection.setAutoCommit(false);
        execute("set local role notes_owner");
    }

    @AfterEach
    void rollback() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no owner_id, no key           | create table t (id uuid not null, title text)
                    no owner_id, no id            | create table t (title text); alter table t add owner_id text; alter table t add primary key (owner_id, title)
                    with owner_id, key and policy | create table t (owner_id text, id int, primary key (owner_id, id)); create policy owner_isolation on t using (true)
                    weaker check and other grants | create table t (id int, owner_id text constraint owner_id_valid check (true)); grant all on t to public; grant update (id) on t to notes_app with grant option
                    partitioned                   | create table t (owner_id text, id int, primary key (owner_id, id)) partition by hash (owner_id); create table t_0 partition of t for values with (modulus 1, remainder 0)
                    """)
    void protectWhenRunOnceOrTwiceThenTheDoctorFindsNothing(String name, String table) throws SQLException {
        execute(table);

        execute("select app.protect('t', 'notes_app')");

        assertThat(findings()).isEmpty();
        List<String> once = catalogue();
        execute("select app.protect('t', 'notes_app')");
        assertThat(catalogue()).isEqualTo(once);
    }

    @Test
    void protectWhenNamesNeedQuotesThenQuotesThem() throws SQLException {
        execute("create schema \"Odd one\"; create table \"Odd one\".\"T t\" (id int, updated_at timestamptz)");

        execute("select app.protect('\"Odd one\".\"T t\"', 'notes_app')");

        assertThat(findings()).isEmpty();
    }

    @Test
    void protectWhenTheTableHasRowsAndAnOwnerIsBoundThenTheyAreTheirs() throws SQLException {
        execute("create table t (id int); insert into t values (1); select set_config('app.user_id', 'alice', true)");

        execute("select app.protect('t', 'notes_app')");

        assertThat(texts("select owner_id from t")).containsExactly("alice");
    }

    @Test
    void protectWhenUpdatedAtAndIdAreThereThenNewestFirstHasItsIndex() throws SQLException {
        execute("create table t (id int, updated_at timestamptz); select app.protect('t', 'notes_app')");

        assertThat(texts("select indexdef from pg_indexes where tablename = 't'"))
                .containsExactlyInAnyOrder(
                        "CREATE UNIQUE INDEX t_pkey ON public.t USING btree (owner_id, id)",
                        "CREATE INDEX t_owner_id_updated_at_id_idx ON public.t USING btree (owner_id, updated_at DESC, id)");
    }

    @Test
    void protectWhenColumnsHaveSequencesThenTheRoleMayInsertAndNobodyReadsThem() throws SQLException {
        execute("""
                create sequence own; create table t (id serial, number bigint generated always as identity, code int default nextval('own'));
                grant all on sequence t_id_seq, t_number_seq to public; select app.protect('t', 'notes_app')""");

        execute("set local session authorization notes_app; select set_config('app.user_id', 'alice', true)");
        execute("insert into t default values");
        assertThat(texts("select owner_id || id || number || code from t")).containsExactly("alice111");
        assertThat(
                        texts(
                                "select has_sequence_privilege('t_id_seq', 'select') or has_sequence_privilege('t_number_seq', 'usage')"))
                .containsExactly("f");
    }

    @Test
    void protectWhenPartsHaveGrantsThenTheyAreGone() throws SQLException {
        execute("""
                create table t (owner_id text, id int, primary key (owner_id, id)) partition by hash (owner_id);
                create table t_0 partition of t for values with (modulus 1, remainder 0) partition by hash (owner_id);
                create table t_0_0 partition of t_0 for values with (modulus 1, remainder 0);
                grant all on t_0, t_0_0 to public, notes_app; select app.protect('t', 'notes_app')""");

        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    create table p (owner_id text, id int); create table t () inherits (p) | public.t is a part of public.p, which would show all of its rows
                    create domain owner as text; create table t (owner_id owner, id int) | owner_id of public.t is public.owner and must be text
                    create table t (id int primary key) | primary key t_pkey: alter table public.t drop constraint t_pkey, add primary key (owner_id, id)
                    create table t (id int, owner_id text, primary key (id, owner_id)) | primary key t_pkey: alter table public.t drop constraint t_pkey, add primary key (owner_id, id)
                    create table t (id int, name text unique) | unique constraint t_name_key: alter table public.t drop constraint t_name_key, add unique (owner_id, name)
                    create table t (id int, name text); create unique index u on t (lower(name)) | unique index public.u: drop it and create it again beginning with owner_id
                    create table t (id int, name text, exclude using btree (name with =)) | exclusion constraint t_name_excl: alter table public.t drop constraint t_name_excl and add it again
                    create table p (id int primary key); create table t (id int, p int references p) | foreign key t_p_fkey of public.t: alter table public.t drop constraint t_p_fkey
                    create table t (id int); insert into t values (1) | public.t has rows and no owner_id
                    create table t (owner_id int, id int) | owner_id of public.t is integer and must be text
                    create view t as select 1 as id | public.t is not a table
                    """)
    void protectWhenItWouldLeakThenRefusesAndNamesTheFix(String table, String message) throws SQLException {
        execute(table);

        assertThatThrownBy(() -> execute("select app.protect('t', 'notes_app')"))
                .hasMessageContaining(message);
    }

    private List<String> findings() throws SQLException {
        execute("reset role; set local session authorization notes_app");
        List<String> findings =
                new Doctor().examine(connection).stream().map(Finding::toString).toList();
        execute("set local session authorization default; set local role notes_owner");
        return findings;
    }

    /** Object identifiers and row versions tell whether anything was made anew. */
    private List<String> catalogue() throws SQLException {
        return texts("""
                select concat_ws(' ', oid, xmin) from pg_policy where polrelid = 't'::regclass union all
                select concat_ws(' ', oid, conname) from pg_constraint where conrelid = 't'::regclass union all
                select indexrelid::text from pg_index where indrelid = 't'::regclass union all
                select relacl::text from pg_class where oid = 't'::regclass""");
    }

    private List<String> texts(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
