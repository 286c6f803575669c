package dev.latchkey.rowsecurity.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an adoption refuses to begin with, each planted in a transaction that is rolled back. */
class ObstacleIT {

    private static final SingleUserDatabase DATABASE = create();

    private static SingleUserDatabase create() {
        try {
            return SingleUserDatabase.create();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void obstaclesWhenNothingIsInTheWayThenNone() throws SQLException {
        assertThat(obstacles("select 1", AdoptIT.everything(DATABASE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            set local role legacy_app | adopt-no-right database
            alter table threads owner to postgres; set local role legacy_app | adopt-no-right public.threads
            create role ROLE bypassrls | adopt-role-unsafe role ROLE
            create role ROLE in role legacy_app | adopt-role-unsafe role ROLE
            create table logs (id int) partition by hash (id) | adopt-table-kind public.logs
            create table "More events" () inherits (events) | adopt-table-kind public.events
            alter table threads add owner_id integer | adopt-owner-id-taken public.threads.owner_id
            create policy mine on threads using (user_id = 1) | adopt-policy-taken public.threads
            create policy mine on languages using (true) | adopt-policy-taken public.languages
            alter table threads add exclude using btree (name with =) | adopt-key-kind threads_name_excl on public.threads
            create view latest as select id, name from threads group by id | adopt-key-depended-on threads_pkey on public.threads
            alter table languages add thread integer references threads | adopt-foreign-key-outside languages_thread_fkey on public.languages
            alter table threads add parent integer references threads on update set null | adopt-foreign-key-kind threads_parent_fkey on public.threads
            alter table events add constraint full_match foreign key (session_id, thread_id) references sessions (id, thread_id) match full | adopt-foreign-key-kind full_match on public.events
            create index threads_pkey_owned on threads (name) | adopt-name-taken public.threads_pkey_owned
            create index threads_owner_id_updated_at_id_idx on threads (name) | adopt-name-taken public.threads_owner_id_updated_at_id_idx
            alter table threads add constraint owner_id_valid check (id > 0) | adopt-name-taken owner_id_valid on public.threads
            create trigger row_security_adopt before update on threads for each row execute function suppress_redundant_updates_trigger() | adopt-name-taken row_security_adopt on public.threads
            create schema app; create table app.settings (id int) | adopt-schema-taken schema app
            create publication few for table threads (id) | adopt-publication-columns publication few, public.threads
            update threads set user_id = 2 where id = 7 | adopt-users-unknown column user_id
            """)
    void obstaclesWhenPlantedThenNamesItWithItsRemedy(String sql, String obstacle) throws SQLException {
        List<Finding> findings = obstacles(named(sql), AdoptIT.everything(DATABASE));

        assertThat(findings)
                .anyMatch(finding -> (finding.code() + " " + finding.object()).startsWith(named(obstacle))
                        && !finding.remedy().isBlank());
    }

    @Test
    void obstaclesWhenUsersAreToldApartThenEveryTableHasToNameThem() throws SQLException {
        AdoptionRequest all = AdoptIT.everything(DATABASE);
        var toldApart = new AdoptionRequest(
                all.owner(),
                all.role(),
                all.userColumn(),
                all.tables(),
                all.shared(),
                Map.of("1", "legacy-owner"),
                false);

        assertThat(codes(obstacles("create table notes (id int)", toldApart)))
                .containsExactly("adopt-user-column-missing");
        assertThat(codes(obstacles("update threads set user_id = 2 where id = 7", toldApart)))
                .containsExactly("adopt-users-unknown");
    }

    @ParameterizedTest
    @CsvSource({"nowhere", "pg_class", "app.adoption", "information_schema.sql_features"})
    void obstaclesWhenTheTableIsNoneOfTheApplicationsThenSaysSo(String table) throws SQLException {
        assertThat(codes(obstacles("select 1", request(DATABASE.appRole(), List.of(table), List.of()))))
                .containsExactly("adopt-table-missing");
    }

    @Test
    void obstaclesWhenATableIsAnExtensionsThenItIsLeftOut() throws SQLException {
        assertThat(obstacles(
                        "create table spatial (owner_id int); create extension hstore; alter extension hstore add table spatial",
                        AdoptIT.everything(DATABASE)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pg_monitor",
        "postgres",
        "pg_mine",
        "public",
        "''",
        "a-name-that-is-longer-than-the-63-bytes-that-postgres-keeps-of-names"
    })
    void obstaclesWhenTheRoleIsPostgresOwnThenSaysSo(String role) throws SQLException {
        AdoptionRequest all = AdoptIT.everything(DATABASE);

        assertThat(obstacles("select 1", request(role, List.of("threads"), all.shared())))
                .anyMatch(finding -> finding.toString().startsWith("[adopt-role-unsafe] role " + role)
                        && finding.remedy().startsWith("name another --role"));
    }

    @Test
    void obstaclesWhenATableIsToBeAdoptedAndSharedThenSaysSo() throws SQLException {
        assertThat(codes(obstacles(
                        "select 1", request(DATABASE.appRole(), List.of("public.languages"), List.of("languages")))))
                .contains("adopt-table-shared");
    }

    @Test
    void obstaclesWhenAViewIsToBeSharedThenSaysSo() throws SQLException {
        assertThat(codes(obstacles("select 1", request(DATABASE.appRole(), List.of("threads"), List.of("open_names")))))
                .contains("adopt-table-kind");
    }

    private static AdoptionRequest request(String role, List<String> tables, List<String> shared) {
        return new AdoptionRequest("legacy-owner", role, "user_id", tables, shared, Map.of(), false);
    }

    @Test
    void adoptWhenSeveralAreInTheWayThenNamesAllAndChangesNothing() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        database.execute("alter table threads add owner_id integer; create policy mine on sessions using (true)");
        List<String> schema = database.schema();

        assertThatThrownBy(
                        () -> AdoptIT.adopt(database, AdoptIT.everything(database), Stage.ENFORCE, new Progress() {}))
                .isInstanceOf(AdoptionRefusedException.class)
                .hasMessageContainingAll("adopt-owner-id-taken", "adopt-policy-taken");
        assertThat(database.schema()).isEqualTo(schema);
    }

    @Test
    void everyObstacleIsDocumented() throws IOException {
        String documented = Files.readString(Path.of("../docs/how-to/adopt-an-existing-schema.md"));

        Set<String> codes = new TreeSet<>(Set.of("adopt-table-missing", "adopt-users-unknown"));
        Arrays.stream(Obstacle.values()).map(Obstacle::code).forEach(codes::add);
        assertThat(codes).allSatisfy(code -> assertThat(documented).contains("`" + code + "`"));
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).distinct().toList();
    }

    private static String named(String text) {
        return text.replace("ROLE", DATABASE.appRole());
    }

    private static List<Finding> obstacles(String sql, AdoptionRequest request) throws SQLException {
        try (Connection connection = DATABASE.connectAs("postgres")) {
            connection.setAutoCommit(false);
            SingleUserDatabase.execute(connection, sql);
            Survey survey = new Survey(connection, request);
            SingleUserDatabase.execute(connection, "set local search_path = ''");
            List<Finding> obstacles = survey.obstacles();
            connection.rollback();
            return obstacles;
        }
    }
}
