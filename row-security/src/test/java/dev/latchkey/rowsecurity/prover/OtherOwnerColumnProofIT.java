package dev.latchkey.rowsecurity.prover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.rowsecurity.adopt.Adoption;
import dev.latchkey.rowsecurity.adopt.AdoptionRequest;
import dev.latchkey.rowsecurity.adopt.Progress;
import dev.latchkey.rowsecurity.adopt.SingleUserDatabase;
import dev.latchkey.rowsecurity.adopt.Stage;
import dev.latchkey.rowsecurity.doctor.OwnerColumn;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema in which owner_id means something already, adopted under another name, and tables protected afterwards. */
class OtherOwnerColumnProofIT {

    private static final String ROLE = "other_column_app";

    private static SingleUserDatabase database;

    @BeforeAll
    static void adopt() throws Exception {
        database = SingleUserDatabase.create();
        database.execute("truncate threads cascade; alter table threads add owner_id integer not null default 7");
        var request = new AdoptionRequest(
                "legacy-owner",
                ROLE,
                "user_id",
                List.of(),
                List.of("languages"),
                Map.of(),
                false,
                new OwnerColumn("row_owner"));
        try (Adoption adoption = new Adoption(admin().getConnection(), new Progress() {})) {
            adoption.adopt(request, Stage.ENFORCE);
        }
        database.execute("""
                create table labels (id uuid not null, owner_id integer, name text);
                select app.protect('labels', '%1$s');
                create table visits (row_owner text not null default app.current_owner(), id uuid not null, owner_id integer,
                  primary key (row_owner, id)) partition by hash (row_owner);
                select app.partition('visits', 2);
                select app.protect('visits', '%1$s')""".formatted(ROLE));
    }

    static DataSource admin() {
        var admin = new PGSimpleDataSource();
        admin.setUrl(database.url("postgres"));
        return admin;
    }

    @ProveIsolation(role = ROLE)
    void everyOwnersRowsAreHisAlone(Claim claim) throws SQLException {
        claim.verify();
    }

    @Test
    void everyTableUnderTheOtherNameIsAttackedAndMutated() throws SQLException {
        try (IsolationProof proof = IsolationProof.open(admin(), ROLE, Map.of())) {
            assertThat(proof.claims())
                    .extracting(Claim::toString)
                    .contains(
                            "public.threads: rows are not read",
                            "public.threads: primary key without owner_id is noticed",
                            "public.\"Queue positions\": conflicts do not meet rows",
                            "public.labels: owner_id nullable is noticed",
                            "public.visits: rows are not deleted");
        }
    }
}
