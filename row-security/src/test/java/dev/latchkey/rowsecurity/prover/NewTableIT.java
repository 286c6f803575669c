package dev.latchkey.rowsecurity.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A migration brings a table, and nobody writes a test for it. */
class NewTableIT {

    private static OddDatabase database;

    @BeforeAll
    static void migrate() throws SQLException {
        database = OddDatabase.create();
    }

    static DataSource admin() {
        return database.admin();
    }

    /** The only test there is. */
    static final class Build {

        static DataSource admin() {
            return database.admin();
        }

        @ProveIsolation(role = "notes_app", fuzzSeconds = 0)
        void everyOwnersRowsAreHisAlone(Claim claim) throws SQLException {
            claim.verify();
        }
    }

    @Test
    void buildIsRedUntilTheTableIsProtected() throws SQLException {
        database.execute(OddDatabase.OWNER, "create table letters (id uuid not null, body text)");

        assertThat(EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(Build.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .list())
                .extracting(event -> event.getTestDescriptor().getDisplayName())
                .contains("every table is protected, shared on purpose or kept from the application");

        database.execute(OddDatabase.OWNER, "select app.protect('letters', 'notes_app')");
        try (var proof = IsolationProof.open(admin(), "notes_app", Map.of())) {
            proof.verifyAll();
        }
    }
}
