package dev.latchkey.rowsecurity.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An adoption whose server process is killed, before and after every statement of every step, and begun again each time. */
class KilledAdoptionIT {

    @Test
    void adoptAndRevertWhenKilledAtEveryStatementThenComeToTheSameEnd() throws Exception {
        SingleUserDatabase undisturbed = SingleUserDatabase.create();
        AdoptIT.adopt(undisturbed, AdoptIT.everything(undisturbed), Stage.ENFORCE, new Progress() {});
        SingleUserDatabase database = SingleUserDatabase.create();
        List<String> before = database.schema();
        List<String> rows = database.rows();

        int kills = untilNotKilled(database, killer -> {
            try (Adoption adoption = new Adoption(database.connectAs("postgres"), killer)) {
                adoption.adopt(AdoptIT.everything(database), Stage.ENFORCE);
            }
        });

        assertThat(kills).isGreaterThan(100);
        assertThat(SingleUserDatabase.difference(named(undisturbed), named(database)))
                .isEmpty();
        assertThat(AdoptIT.findings(database)).isEmpty();
        assertThat(database.rows()).isEqualTo(rows);

        assertThat(untilNotKilled(database, killer -> AdoptIT.revert(database, killer)))
                .isGreaterThan(50);
        assertThat(SingleUserDatabase.difference(before, database.schema())).isEmpty();
        assertThat(database.rows()).isEqualTo(rows);
    }

    @Test
    void adoptWhenKilledWhileAnIndexIsBuiltThenTheInvalidIndexIsBuiltAgain() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        // Building waits for the end of transactions that use the table.
        try (Connection old = database.connectAs(SingleUserDatabase.OWNER)) {
            var killer = new Progress() {
                @Override
                public void sending(String sql) {
                    if (sql.startsWith("create unique index concurrently")) {
                        new Thread(() -> killWhileInvalid(database)).start();
                        begin(old);
                    }
                }
            };
            assertThatThrownBy(() -> AdoptIT.adopt(database, AdoptIT.everything(database), Stage.ENFORCE, killer))
                    .isInstanceOf(SQLException.class);
            old.rollback();
        }
        assertThat(database.texts(INVALID)).isNotEmpty();

        AdoptIT.adopt(database, AdoptIT.everything(database), Stage.ENFORCE, new Progress() {});

        assertThat(database.texts(INVALID)).isEmpty();
        assertThat(AdoptIT.findings(database)).isEmpty();
    }

    private static final String INVALID = "select indexrelid::regclass::text from pg_index where not indisvalid";

    private static void begin(Connection old) {
        try {
            old.setAutoCommit(false);
            SingleUserDatabase.execute(old, "lock table \"Queue positions\" in row exclusive mode");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void killWhileInvalid(SingleUserDatabase database) {
        try {
            while (database.texts(INVALID).isEmpty()) {
                Thread.sleep(20);
            }
            database.texts(
                    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'create unique index concurrently%'");
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kills each statement once before it is sent, and each step once after it is committed. */
    private static int untilNotKilled(SingleUserDatabase database, Run run) throws Exception {
        Set<String> killed = new HashSet<>();
        while (true) {
            int before = killed.size();
            var killer = new Progress() {

                private Step step;

                @Override
                public void started(Step started, int position, int total) {
                    step = started;
                }

                @Override
                public void sending(String sql) {
                    killOnce(step.number() + " before " + sql);
                }

                @Override
                public void done(Step done) {
                    killOnce(done.number() + " after");
                }

                private void killOnce(String moment) {
                    if (killed.size() == before && killed.add(moment)) {
                        kill(database);
                    }
                }
            };
            try {
                run.with(killer);
                // The last step's end may be what was killed.
                if (killed.size() == before) {
                    return killed.size();
                }
            } catch (SQLException e) {
                assertThat(killed).as(e.toString()).hasSizeGreaterThan(before);
            }
        }
    }

    private static void kill(SingleUserDatabase database) {
        try {
            database.texts("""
                    select pg_terminate_backend(pid) from pg_locks
                    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())""");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The schema, as if both databases' application roles had one name. */
    private static List<String> named(SingleUserDatabase database) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String line : database.schema()) {
            if (!line.startsWith("role ")) {
                lines.add(line.replace(database.appRole(), "the_app"));
            }
        }
        return lines;
    }

    private interface Run {
        void with(Progress killer) throws Exception;
    }
}
