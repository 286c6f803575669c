package dev.latchkey.rowsecurity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.rowsecurity.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command line as a process of its own, from the jar that ships. */
class CommandLineIT {

    private static final Path JAR = Path.of("target/row-security-cli.jar");

    @TempDir
    private static Path directory;

    private static EmbeddedPostgres postgres;

    private record Run(int exitCode, String out, String err) {}

    /** A database that knows nothing of row security, and one more with rows of several owners. */
    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        JdbcClient plain = JdbcClient.create(postgres.getPostgresDatabase());
        plain.sql("create role shop login").update();
        plain.sql("create table \"Odd orders\" (id int primary key, buyer text)")
                .update();
        plain.sql("grant select, truncate on \"Odd orders\" to shop").update();
    }

    @Nested
    class OnADatabaseThatKnowsNothingOfUs {

        @Test
        void doctorWhenASuperuserAsksAboutARoleThenNamesWhatThatRoleCanReach() throws Exception {
            Run run = run(
                    "doctor",
                    "--url",
                    url("postgresql://localhost:%d/postgres"),
                    "--user",
                    "postgres",
                    "--role",
                    "shop");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains(
                            "[current-owner-missing]",
                            "[table-undeclared] public.\"Odd orders\"",
                            "[table-grant] public.\"Odd orders\": TRUNCATE to shop",
                            "revoke truncate on public.\"Odd orders\" from shop cascade")
                    .doesNotContain("role-superuser");
            assertThat(run.err()).isEmpty();
        }

        @Test
        void doctorWhenTheRoleItselfAsksThenFindsTheSame() throws Exception {
            String asSuperuser = run(
                            "doctor", "--url", url("localhost:%d/postgres"), "--user", "postgres", "--role", "shop")
                    .out();

            assertThat(run("doctor", "--url", url("postgresql://shop@localhost:%d/postgres"))
                            .out())
                    .isEqualTo(asSuperuser);
        }

        @Test
        void doctorWhenJsonThenEveryFindingHasItsFourMembers() throws Exception {
            Run run =
                    run("doctor", "--json", "--url", url("jdbc:postgresql://localhost:%d/postgres"), "--user", "shop");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat((List<?>) JsonParserFactory.getJsonParser()
                            .parseMap(run.out())
                            .get("findings"))
                    .isNotEmpty()
                    .allSatisfy(finding -> assertThat(finding)
                            .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                            .containsOnlyKeys("code", "object", "why", "remedy"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                doctor                                                      | Missing required option: '--url=URL'
                doctor --url localhost:1/none --user x                      | Connection to localhost:1 refused
                doctor --url postgresql://a:secret@localhost/none           | no password in the URL
                doctor --url none.invalid/none --user x                     | The connection attempt failed: unknown host none.invalid
                doctor --url localhost:PORT/postgres --user nobody          | role "nobody" does not exist
                doctor --url localhost:PORT/none --user postgres            | database "none" does not exist
                doctor --url localhost:PORT/postgres --user postgres --role no | role "no" does not exist
                doctor --url localhost:PORT/postgres --user shop --password-env NOT_THERE | the environment has no NOT_THERE
                doctor --url localhost:PORT/postgres --user postgres --explain none 1 | relation "none" does not exist
                """)
        void doctorWhenItCannotBeDoneThenSaysWhyInOneLine(String arguments, String message) throws Exception {
            Run run = run(arguments
                    .replace("PORT", String.valueOf(postgres.getPort()))
                    .split(" +"));

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains(message).hasLineCount(1).doesNotContain("secret");
        }

        @Test
        void schemaThenPrintsWhatMakesTheFunctionsAlsoASecondTime() throws Exception {
            Run run = run("schema");

            assertThat(run.exitCode()).isZero();
            try (EmbeddedPostgres other = EmbeddedPostgres.start()) {
                JdbcClient client = JdbcClient.create(other.getPostgresDatabase());
                client.sql(run.out()).update();
                client.sql(run.out()).update();
                assertThat(client.sql("select to_regprocedure('app.protect(regclass, regrole)') is not null")
                                .query(Boolean.class)
                                .single())
                        .isTrue();
            }
        }

        @Test
        void schemaWhenTheOwnerColumnHasAnotherNameThenItIsThatOne() throws Exception {
            Run run = run("schema", "--owner-column", "row_owner");

            assertThat(run.out()).contains("$$select 'row_owner'$$").doesNotContain("owner_id");
            assertThat(run("schema", "--owner-column", "row owner").exitCode()).isEqualTo(2);
        }

        private String url(String format) {
            return format.formatted(postgres.getPort());
        }
    }

    @Nested
    class Explain {

        @BeforeAll
        static void rows() throws SQLException {
            try (var connection = TestDatabase.superuser().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("""
                        create table explained (device uuid not null, name text not null, owner_id text not null, primary key (owner_id, device, name))
                          partition by hash (owner_id);
                        create table explained_0 partition of explained for values with (modulus 1, remainder 0);
                        select app.protect('explained', 'notes_app');
                        create policy public_ones on explained for select using (name = 'public');
                        create policy no_drafts on explained as restrictive for select using (name <> 'draft');
                        create table hidden (id int primary key);
                        create table rows_only (id int);
                        insert into hidden values (1);
                        insert into explained (owner_id, device, name)
                        select 'alice', '00000000-0000-0000-0000-000000000001', name from unnest(array['own', 'draft', 'public']) name""");
            }
        }

        @AfterAll
        static void noRows() {
            JdbcClient.create(TestDatabase.superuser())
                    .sql("drop table explained, hidden, rows_only")
                    .update();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                own    | alice | visible     | own-row
                own    | bob   | not visible | another-owner
                own    |       | not visible | unbound
                none   | alice | not visible | row-missing
                draft  | alice | not visible | own-row, policy-restricts
                public | bob   | visible     | another-owner, policy-permits
                """)
        void explainWhenProtectedThenTellsWhatDecides(String name, String owner, String verdict, String codes)
                throws Exception {
            Run run = explain("notes_app", owner, "explained", "00000000-0000-0000-0000-000000000001", name);

            assertThat(run.exitCode()).isZero();
            assertThat(run.out().lines().findFirst()).hasValue(verdict);
            assertThat(codes(run)).containsExactly(codes.split(", "));
            assertThat(run.out()).doesNotContain("alice");
        }

        @Test
        void explainWhenTheRoleIsASuperuserThenItBypasses() throws Exception {
            assertThat(codes(explain("postgres", "bob", "explained", "00000000-0000-0000-0000-000000000001", "own")))
                    .containsExactly("role-bypasses-rls");
        }

        @Test
        void explainWhenThereIsNoGrantThenSaysSo() throws Exception {
            assertThat(codes(explain("notes_app", "bob", "hidden", "1"))).containsExactly("no-grant", "rls-disabled");
        }

        @Test
        void explainWhenThereIsNoRowSecurityThenEverybodySees() throws Exception {
            Run run = explain("notes_app", "bob", "shared", "seen by all");

            assertThat(run.out()).startsWith("visible");
            assertThat(codes(run)).containsExactly("rls-disabled");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                rows_only | 1   | has no primary key
                hidden    | one | invalid input syntax for type integer
                explained | one | has an id of 2 values besides owner_id, not 1
                """)
        void explainWhenTheIdIsNoneThenSaysSo(String table, String id, String message) throws Exception {
            Run run = explain("notes_app", "bob", table, id);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains(message).hasLineCount(1);
        }

        @Test
        void explainWhenTheApplicationItselfAsksThenItLearnsNothing() throws Exception {
            Run run = run(
                    "doctor",
                    "--url",
                    TestDatabase.url(),
                    "--explain",
                    "explained",
                    "00000000-0000-0000-0000-000000000001",
                    "own");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("Only a superuser or a role with BYPASSRLS may ask");
        }

        private static Run explain(String role, String owner, String table, String... id) throws Exception {
            List<String> arguments = new ArrayList<>(List.of(
                    "doctor",
                    "--url",
                    TestDatabase.url().replaceFirst("\\?.*", ""),
                    "--user",
                    "postgres",
                    "--role",
                    role,
                    "--explain",
                    table));
            if (owner != null) {
                arguments.addAll(List.of("--owner", owner));
            }
            arguments.addAll(List.of(id));
            return run(arguments.toArray(String[]::new));
        }

        private static List<String> codes(Run run) {
            return run.out()
                    .lines()
                    .skip(1)
                    .map(line -> line.replaceFirst("\\[(.*?)].*", "$1"))
                    .toList();
        }
    }

    private static Run run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-jar",
                                JAR.toString()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder process =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        process.environment().remove("PGPASSWORD");
        process.environment().remove("PGUSER");
        int exitCode = process.start().waitFor();
        return new Run(exitCode, Files.readString(out), Files.readString(err));
    }
}
