package dev.latchkey.rowsecurity.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The prover on a schema of odd types and names, and on the same schema with something wrong in it. */
class IsolationProofIT {

    private static OddDatabase database;

    @BeforeAll
    static void migrate() throws Exception {
        database = OddDatabase.create();
    }

    static DataSource admin() {
        return database.admin();
    }

    @ProveIsolation(role = "notes_app")
    void everyOwnersRowsAreHisAlone(Claim claim) throws SQLException {
        claim.verify();
    }

    @AfterEach
    void unplant() throws SQLException {
        database.execute(OddDatabase.SUPERUSER, "drop table if exists planted; drop policy if exists planted on nodes");
    }

    @Test
    void proofLeavesNothingBehind() throws SQLException {
        try (IsolationProof proof = IsolationProof.open(admin(), "notes_app", Map.of())) {
            assertThat(proof.claims()).hasSizeGreaterThan(100);
        }
        try (Connection connection = admin().getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select count(*) + (select count(*) from pg_namespace where nspname = 'prover') from nodes")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table planted (id int)",
                "create table planted (owner_id text, id int)",
                "create table planted (owner_id text, id int); grant select on planted to notes_app",
                "create policy planted on nodes for delete using (true)"
            })
    void proofIsRedWhenSomethingIsPlantedThatNoTestNames(String sql) throws SQLException {
        database.execute(OddDatabase.OWNER, sql);

        assertThat(database.broken()).isNotEmpty();
    }

    @Test
    void connectionThatComesWithAnOwnerIsNamed() throws SQLException {
        database.execute(
                OddDatabase.SUPERUSER,
                "alter role postgres in database %s set app.user_id = 'somebody'".formatted(database.name()));
        try {
            assertThat(database.broken()).contains("a new connection is bound to nobody");
        } finally {
            database.execute(
                    OddDatabase.SUPERUSER,
                    "alter role postgres in database %s reset app.user_id".formatted(database.name()));
        }
    }

    @Test
    void attacksAloneSeeAPolicyThatLetsRowsThrough() throws SQLException {
        database.execute(OddDatabase.OWNER, "create policy planted on nodes using (true)");

        assertThat(database.broken())
                .contains(
                        "public.nodes: rows are not read",
                        "public.nodes: rows are not counted",
                        "public.nodes: rows are not updated",
                        "public.nodes: rows are not deleted",
                        "public.nodes: rows are not written in anothers name",
                        "public.nodes: leaky functions see no rows",
                        "public.nodes: errors tell nothing",
                        "public.nodes: nobody sees nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create unique index planted on nodes (id)",
                "create unique index planted on nodes (md5(id::text))",
                "create unique index planted on nodes (thing) where parent is null",
                "alter table nodes add constraint planted exclude using btree (id with =)"
            })
    void attacksAloneMeetAKeyThatDoesNotBeginWithTheOwner(String sql) throws SQLException {
        OddDatabase broken = OddDatabase.create();
        broken.execute(OddDatabase.OWNER, sql);

        assertThat(broken.broken())
                .contains("public.nodes: conflicts do not meet rows", "public.nodes: unique keys tell nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert", "update", "delete"})
    void attackAloneSeesATriggerThatTellsEverybody(String verb) throws SQLException {
        OddDatabase broken = OddDatabase.create();
        broken.execute(OddDatabase.OWNER, """
                create table news (line text);
                alter table news enable row level security;
                create policy readable on news for select using (true);
                create policy written on news for insert to notes_owner with check (true);
                grant select on news to notes_app;
                insert into app.declared_policy values ('public', 'news', 'readable', 'A board for all');
                create function tell() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp
                  as $$ begin insert into public.news values (tg_op); return null; end $$;
                revoke all on function tell() from public;
                create trigger told after %s on nodes for each row execute function tell()""".formatted(verb));

        assertThat(broken.broken()).containsExactly("public.nodes: work leaves no trace");
    }

    @Test
    void rowThatCannotBeInventedIsNamedUntilASampleIsGiven() throws SQLException {
        database.execute(OddDatabase.OWNER, """
                create table planted (owner_id text not null, id text not null constraint hard check (md5(id) = md5(reverse('n' || 'evar'))),
                  n int not null, primary key (owner_id, id, n));
                select app.protect('planted', 'notes_app')""");

        assertThatThrownBy(() -> verify("public.planted: rows of two owners can be made", Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("public.planted", "hard", "@Sample");
        verify("public.planted: rows are not read", Map.of("public.planted", "select 'raven' as id"));
    }

    private static void verify(String claim, Map<String, String> samples) throws SQLException {
        try (IsolationProof proof = IsolationProof.open(admin(), "notes_app", samples)) {
            proof.claims().stream()
                    .filter(one -> one.toString().equals(claim))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No claim: " + claim))
                    .verify();
        }
    }
}
