package dev.latchkey.rowsecurity.prover;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that believes signed bindings only. */
class SignedProofIT {

    private static final String FORGED = "public.nodes: bindings are not forged";

    private static OddDatabase database;

    @BeforeAll
    static void sign() throws SQLException {
        database = signed();
    }

    static DataSource admin() {
        return database.admin();
    }

    @ProveIsolation(role = OddDatabase.APP)
    void everyOwnersRowsAreHisAlone(Claim claim) throws SQLException {
        claim.verify();
    }

    @Test
    void forgingIsTriedOnlyWhereBindingsAreSigned() throws SQLException {
        assertThat(claims(database)).contains(FORGED, "keys readable is noticed");
        assertThat(claims(OddDatabase.create())).doesNotContain(FORGED, "keys readable is noticed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                create or replace function app.current_owner() returns text
                language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp
                as $f$ begin return nullif(current_setting('app.user_id', true), ''); end $f$""", """
                create or replace function app.bindings_are_signed() returns boolean
                language sql immutable parallel safe set search_path = pg_catalog, pg_temp as 'select false'""", "grant select on app.binding_key to notes_app"})
    void attackAloneSeesThatSigningIsBroken(String sql) throws SQLException {
        OddDatabase broken = signed();
        broken.execute(OddDatabase.OWNER, sql);

        assertThat(broken.broken()).contains(FORGED);
    }

    private static OddDatabase signed() throws SQLException {
        OddDatabase database = OddDatabase.create();
        database.execute(OddDatabase.OWNER, "select app.add_binding_key(sha256('a key of this test'))");
        return database;
    }

    private static List<String> claims(OddDatabase database) throws SQLException {
        try (IsolationProof proof = IsolationProof.open(database.admin(), OddDatabase.APP, Map.of())) {
            return proof.claims().stream().map(Claim::toString).toList();
        }
    }
}
