package dev.latchkey.rowsecurity.prover;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

/** A table that no row can be invented for. */
class SampleProofIT {

    private static OddDatabase database;

    @BeforeAll
    static void migrate() throws SQLException {
        database = OddDatabase.create();
        database.execute(OddDatabase.OWNER, """
                drop table nodes, "Odd Things";
                create table parcels (id uuid not null, code text not null check (md5(code) = md5('ra' || 'ven')));
                select app.protect('parcels', 'notes_app')""");
    }

    static DataSource admin() {
        return database.admin();
    }

    @ProveIsolation(role = "notes_app", samples = @Sample(table = "public.parcels", row = "select 'raven' as code"))
    void everyOwnersRowsAreHisAlone(Claim claim) throws SQLException {
        claim.verify();
    }
}
