package dev.latchkey.rowsecurity.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DoctorIT {

    private static final DoctorDatabase DATABASE = DoctorDatabase.shared();

    private static final int ROUNDS = 4;

    @Test
    void examineWhenAllIsWellThenFindsNothingAndLeavesTheConnectionAsItWas() throws SQLException {
        try (Connection connection = DATABASE.connectAs("notes_app")) {
            String before = searchPath(connection);

            assertThat(new Doctor().examine(connection)).isEmpty();

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(searchPath(connection)).isEqualTo(before);
        }
    }

    @Test
    void explainAndExamineWhenInATransactionThenLeaveItAsItWas() throws SQLException {
        String id = "00000000-0000-0000-0000-000000000001";
        try (Connection connection = DATABASE.connectAs("postgres")) {
            connection.setAutoCommit(false);
            execute(connection, "set local app.user_id = 'alice'; insert into notes (id) values ('%s')".formatted(id));
            String before = searchPath(connection);

            assertThat(new Doctor("notes_app")
                            .explain(connection, "notes", List.of(id), "bob")
                            .visible())
                    .isFalse();
            assertThat(new Doctor("notes_app").examine(connection)).isEmpty();

            assertThat(searchPath(connection)).isEqualTo(before);
            try (var owner = connection.createStatement().executeQuery("select app.current_owner()")) {
                owner.next();
                assertThat(owner.getString(1)).isEqualTo("alice");
            }
            connection.rollback();
        }
    }

    @ParameterizedTest
    @MethodSource({
        "dev.latchkey.rowsecurity.doctor.Plants#around",
        "dev.latchkey.rowsecurity.doctor.Plants#inProtectedTable",
        "dev.latchkey.rowsecurity.doctor.Plants#beside"
    })
    void examineWhenPlantedThenNamesExactlyThatUntilItIsMended(Plant plant) throws SQLException {
        try (Connection connection = DATABASE.connectAs("postgres")) {
            connection.setAutoCommit(false);
            execute(connection, plant.sql());

            List<Finding> findings = examineAsApplication(connection);

            assertThat(named(findings)).containsExactlyInAnyOrderElementsOf(plant.findings());
            if (findings.stream().map(Finding::remedy).allMatch(DoctorIT::isSql)) {
                mend(connection);
            }
            connection.rollback();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.rowsecurity.doctor.Plants#others")
    void examineWhenTheSchemaKnowsNothingOfOwnersThenItsRemediesLeadToOneThatDoes(Plant plant) throws SQLException {
        try (Connection connection = DATABASE.connectAs("postgres")) {
            connection.setAutoCommit(false);
            execute(connection, plant.sql());
            execute(connection, "select set_config('app.user_id', 'legacy', true)");

            mend(connection);
            connection.rollback();
        }
    }

    /** As the remedies stand there. Some only make the next one possible: keys begin with owner_id when there is one. */
    private static void mend(Connection connection) throws SQLException {
        List<Finding> findings = examineAsApplication(connection);
        for (int round = 0; round < ROUNDS && !findings.isEmpty(); round++) {
            for (Finding finding : findings) {
                assertThat(finding.remedy()).matches(DoctorIT::isSql);
                execute(connection, finding.remedy());
            }
            findings = examineAsApplication(connection);
        }
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.rowsecurity.doctor.Plants#harmless")
    void examineWhenHarmlessThenFindsNothing(Plant plant) throws SQLException {
        assertThat(findings(plant)).isEmpty();
    }

    @Test
    void examineWhenSeveralArePlantedThenNamesAllAtOnce() throws SQLException {
        var plant = Plant.plant(
                "several",
                "alter role notes_app bypassrls; alter table notes no force row level security; grant truncate on notes to notes_app");

        assertThat(findings(plant))
                .containsExactlyInAnyOrder(
                        "role-bypasses-rls role notes_app",
                        "rls-not-forced public.notes",
                        "table-grant public.notes: TRUNCATE to notes_app");
    }

    @Test
    void remedyOfAGrantOptionLeavesTheGrant() throws SQLException {
        try (Connection connection = DATABASE.connectAs("postgres")) {
            connection.setAutoCommit(false);
            execute(connection, "grant select, truncate on notes to notes_app with grant option");

            mend(connection);

            execute(connection, "set local session authorization notes_app; select from notes");
            connection.rollback();
        }
    }

    @Test
    void requireSafeWhenPlantedThenTheMessageNamesCodeObjectAndRemedy() throws SQLException {
        try (Connection connection = DATABASE.connectAs("postgres")) {
            connection.setAutoCommit(false);
            execute(
                    connection,
                    "alter table notes no force row level security; set local session authorization notes_app");

            assertThatThrownBy(() -> new Doctor().requireSafe(connection))
                    .isInstanceOf(UnsafeDatabaseException.class)
                    .hasMessageContainingAll(
                            "rls-not-forced", "public.notes", "alter table public.notes force row level security");
            connection.rollback();
        }
    }

    @Test
    void examineWhenTheDatabaseKnowsNothingOfRowSecurityThenSaysSo() throws SQLException {
        var plant = Plant.plant("bare", "drop table notes; drop schema app cascade");

        assertThat(findings(plant)).containsExactly("current-owner-missing function app.current_owner()");
    }

    @Test
    void everyLintIsPlantedAndDocumented() throws IOException {
        Set<String> codes = Arrays.stream(Lint.values()).map(Lint::code).collect(Collectors.toSet());
        Set<String> planted = Stream.of(Plants.around(), Plants.inProtectedTable(), Plants.beside())
                .flatMap(plants -> plants)
                .flatMap(plant -> plant.findings().stream())
                .map(finding -> finding.substring(0, finding.indexOf(' ')))
                .collect(Collectors.toSet());
        Set<String> documented = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
                .matcher(
                        Files.readString(Path.of("../docs/reference/doctor.md")).split("## Codes")[1])
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());

        assertThat(planted).isEqualTo(codes);
        assertThat(documented).isEqualTo(codes);
    }

    private static List<String> findings(Plant plant) throws SQLException {
        try (Connection connection = DATABASE.connectAs("postgres")) {
            connection.setAutoCommit(false);
            execute(connection, plant.sql());
            List<Finding> findings = examineAsApplication(connection);
            connection.rollback();
            return named(findings);
        }
    }

    private static List<String> named(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.code() + " " + finding.object())
                .toList();
    }

    private static List<Finding> examineAsApplication(Connection connection) throws SQLException {
        execute(connection, "set local session authorization notes_app");
        List<Finding> findings = new Doctor().examine(connection);
        execute(connection, "set local session authorization default");
        return findings;
    }

    /** Some remedies need a decision: which column, which role. */
    private static boolean isSql(String remedy) {
        return !remedy.startsWith("--") && !remedy.contains("<the");
    }

    private static String searchPath(Connection connection) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("show search_path")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
