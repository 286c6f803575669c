package dev.latchkey.rowsecurity.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.doctor.Doctor;
import dev.latchkey.rowsecurity.doctor.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdoptIT {

    private static final String COUNT_PER_OWNER = """
            select owner_id || ' ' || count(*) from (
              select owner_id from threads union all select owner_id from sessions union all select owner_id from events union all
              select owner_id from snapshots union all select owner_id from "Queue positions") rows group by owner_id""";

    private static final Progress SILENT = new Progress() {};

    @Test
    void adoptWhenEnforcedThenTheDoctorFindsNothingAndTheRowsAreTheLegacyOwners() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        List<String> rows = database.rows();

        adopt(database, everything(database), Stage.ENFORCE, SILENT);

        assertThat(findings(database)).isEmpty();
        assertThat(database.rows()).isEqualTo(rows);
        assertThat(database.texts(COUNT_PER_OWNER)).containsExactly("legacy-owner 104500");
    }

    @Test
    void adoptWhenRepeatedThenChangesNothing() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        adopt(database, everything(database), Stage.ENFORCE, SILENT);
        List<String> once = database.schema();
        List<String> sent = new ArrayList<>();

        adopt(database, everything(database), Stage.ENFORCE, recording(sent));

        assertThat(sent).isEmpty();
        assertThat(database.schema()).isEqualTo(once);
    }

    @Test
    void dryRunWhenAskedThenIsWhatIsSentAndChangesNothing() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        List<String> before = database.schema();
        String script;
        try (Adoption adoption = new Adoption(database.connectAs("postgres"), SILENT)) {
            script = adoption.dryRun(everything(database), false, Stage.ENFORCE);
        }
        assertThat(database.schema()).isEqualTo(before);
        List<String> sent = new ArrayList<>();

        adopt(database, everything(database), Stage.ENFORCE, recording(sent));

        String statements = script.replaceAll(
                "(?m)^-- (\\d+/\\d+ .*|nothing: a step of the other way)\\n|^\\n(?=-- \\d+/|\\z)", "");
        assertThat(statements.strip()).isEqualTo((String.join(";\n", sent) + ";").strip());
    }

    @Test
    void revertWhenEnforcedThenTheSchemaIsAsItWas() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        List<String> schema = database.schema();
        List<String> rows = database.rows();
        adopt(database, everything(database), Stage.ENFORCE, SILENT);

        revert(database, SILENT);

        assertThat(SingleUserDatabase.difference(schema, database.schema())).isEmpty();
        assertThat(database.rows()).isEqualTo(rows);
    }

    @Test
    void revertWhenTheRoleWasThereThenItHasItsGrantsAgain() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        database.execute(
                "create role %1$s login; grant select on threads, open_names to public; grant update (name) on threads to %1$s;"
                                .formatted(database.appRole())
                        + "grant all on sequence threads_id_seq to public");
        List<String> schema = database.schema();
        adopt(database, everything(database), Stage.ENFORCE, SILENT);
        assertThat(findings(database)).isEmpty();

        revert(database, SILENT);

        assertThat(SingleUserDatabase.difference(schema, database.schema())).isEmpty();
    }

    @Test
    void adoptAndRevertWhenTheTablesOwnerIsNoSuperuserThenProtectsAndGoesBack() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        database.execute(
                "do $$ begin execute format('alter database %I owner to legacy_app', current_database()); end $$; create role "
                        + database.appRole());
        List<String> schema = database.schema();
        try (Adoption adoption = new Adoption(database.connectAs(SingleUserDatabase.OWNER), SILENT)) {
            adoption.adopt(everything(database), Stage.ENFORCE);
        }
        assertThat(findings(database)).isEmpty();

        try (Adoption adoption = new Adoption(database.connectAs(SingleUserDatabase.OWNER), SILENT)) {
            adoption.revert();
        }

        assertThat(SingleUserDatabase.difference(schema, database.schema())).isEmpty();
    }

    @Test
    void closeWhenThePoolKeepsTheConnectionThenAnotherAdoptionCanBegin() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.url("postgres"));
            pool.setMaximumPoolSize(1);
            try (Adoption adoption = new Adoption(pool.getConnection(), SILENT)) {
                assertThat(adoption.obstacles(everything(database))).isEmpty();
            }

            adopt(database, everything(database), Stage.OBSERVE, SILENT);
        }
    }

    @Test
    void adoptWhenATableHasNoKeyThenItHasAnIndexAllTheSame() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        database.execute("create table visits (page text); create unique index on visits (page) where page = '/';"
                + "create table \"A table whose name is as long as Postgres lets it be: 63 bytes.\" (page text)");
        List<String> schema = database.schema();

        adopt(database, everything(database), Stage.ENFORCE, SILENT);
        assertThat(findings(database)).isEmpty();

        revert(database, SILENT);
        assertThat(SingleUserDatabase.difference(schema, database.schema())).isEmpty();
    }

    static AdoptionRequest everything(SingleUserDatabase database) {
        return new AdoptionRequest(
                "legacy-owner", database.appRole(), "user_id", List.of(), List.of("languages"), Map.of(), false);
    }

    static void adopt(SingleUserDatabase database, AdoptionRequest request, Stage last, Progress progress)
            throws SQLException, InterruptedException {
        try (Adoption adoption = new Adoption(database.connectAs("postgres"), progress)) {
            adoption.adopt(request, last);
        }
    }

    static void revert(SingleUserDatabase database, Progress progress) throws SQLException, InterruptedException {
        try (Adoption adoption = new Adoption(database.connectAs("postgres"), progress)) {
            adoption.revert();
        }
    }

    static List<String> findings(SingleUserDatabase database) throws SQLException {
        try (Connection connection = database.connectAs("postgres")) {
            SingleUserDatabase.execute(connection, "set session authorization " + database.appRole());
            return new Doctor()
                    .examine(connection).stream().map(Finding::toString).toList();
        }
    }

    static Progress recording(List<String> sent) {
        return new Progress() {
            @Override
            public void sending(String sql) {
                sent.add(sql);
            }
        };
    }
}
