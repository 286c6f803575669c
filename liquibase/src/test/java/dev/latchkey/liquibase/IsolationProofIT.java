package dev.latchkey.liquibase;

import dev.latchkey.rowsecurity.prover.Claim;
import dev.latchkey.rowsecurity.prover.ProveIsolation;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Every table of the migrated schema, also those that nobody wrote a test for. */
class IsolationProofIT {

    static DataSource admin() {
        return Migrated.server().dataSource("latchkey");
    }

    @ProveIsolation(role = "latchkey_app")
    void everyOwnersRowsAreHisAlone(Claim claim) throws SQLException {
        claim.verify();
    }
}
