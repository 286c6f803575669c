package dev.latchkey.rowsecurity.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An adoption under the writes of the application that is there. */
class OnlineIT {

    private static final String FILES = """
            select relname || ' ' || pg_relation_filenode(oid) from pg_class
            where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1""";

    /** Checks and indexes of the owner column, whatever they are called by now. */
    private static final String BUILT = """
            select 'check ' || o.oid from pg_constraint o where o.conname = 'owner_id_valid'
            union all
            select 'index ' || i.indexrelid from pg_index i
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attname = 'owner_id'
            order by 1""";

    @Test
    void adoptAndRevertWhenTheApplicationWritesThenNoWriteFailsAndNoRowIsLost() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        AdoptIT.adopt(database, AdoptIT.everything(database), Stage.OBSERVE, new Progress() {});
        AdoptIT.revert(database, new Progress() {});
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService writers = Executors.newFixedThreadPool(2);
        List<Future<Integer>> written = new ArrayList<>();
        CountDownLatch writing = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            String writer = "writer " + i;
            written.add(writers.submit(() -> write(database, writer, writing, ended)));
        }
        assertThat(writing.await(1, TimeUnit.MINUTES)).isTrue();
        try {
            AdoptIT.adopt(database, AdoptIT.everything(database), Stage.OBSERVE, new Progress() {});
            AdoptIT.revert(database, new Progress() {});
            AdoptIT.adopt(database, AdoptIT.everything(database), Stage.OBSERVE, new Progress() {});
        } finally {
            ended.set(true);
            writers.shutdown();
        }
        int rows = 0;
        for (Future<Integer> writer : written) {
            rows += writer.get();
        }

        assertThat(rows).isPositive();
        assertThat(database.texts("select count(*) from events where body like 'online%'"))
                .containsExactly(String.valueOf(rows));
        assertThat(database.texts("select distinct owner_id from events")).containsExactly("legacy-owner");

        try (Adoption adoption = new Adoption(database.connectAs("postgres"), new Progress() {})) {
            adoption.enforce();
        }
        assertThat(AdoptIT.findings(database)).isEmpty();
    }

    /** The application logs in as a superuser, whom no policy holds: it goes on after protection, too. */
    @Test
    void enforceWhenAnApplicationWritesThenItsKeysAreSwappedUnderIt() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        AdoptIT.adopt(database, AdoptIT.everything(database), Stage.OBSERVE, new Progress() {});
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        CountDownLatch writing = new CountDownLatch(1);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        Future<?> writes = writer.submit(() -> {
            try (Connection connection = database.connectAs("postgres");
                    Statement statement = connection.createStatement()) {
                while (!ended.get()) {
                    SingleUserDatabase.execute(connection, """
                            begin;
                            select set_config('app.user_id', 'legacy-owner', true);
                            insert into threads (name) values ('thread 1') on conflict on constraint threads_name_key do update set updated_at = now();
                            insert into events (thread_id, session_id, body) select thread_id, id, 'online' from sessions where thread_id = 2;
                            commit""");
                    written.incrementAndGet();
                    writing.countDown();
                }
            }
            return null;
        });
        assertThat(writing.await(1, TimeUnit.MINUTES)).isTrue();
        try (Adoption adoption = new Adoption(database.connectAs("postgres"), new Progress() {})) {
            adoption.enforce();
        } finally {
            ended.set(true);
            writer.shutdown();
        }
        writes.get();

        assertThat(database.texts("select count(*) from events where body = 'online'"))
                .containsExactly(written.toString());
        assertThat(AdoptIT.findings(database)).isEmpty();
    }

    /** Rewriting a table, building an index and checking every row take as long as the table is large: none of it holds up a writer. */
    @Test
    void adoptAndRevertThenWhatTakesLongLetsOthersWrite() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        List<String> files = database.texts(FILES);
        List<String> sent = new ArrayList<>();

        AdoptIT.adopt(database, AdoptIT.everything(database), Stage.OBSERVE, AdoptIT.recording(sent));
        List<String> built = database.texts(BUILT);
        AdoptIT.adopt(database, AdoptIT.everything(database), Stage.ENFORCE, AdoptIT.recording(sent));

        assertThat(database.texts(BUILT)).as("app.protect finds all it needs").isEqualTo(built);
        AdoptIT.revert(database, AdoptIT.recording(sent));
        assertThat(database.texts(FILES)).isEqualTo(files);
        assertThat(sent)
                .filteredOn(sql -> sql.matches("(?s)create (unique )?index .*"))
                .isNotEmpty()
                .allMatch(sql -> sql.contains(" concurrently "));
        assertThat(sent)
                .filteredOn(sql -> sql.matches("(?s)(alter table|do) .* add constraint .*"))
                .isNotEmpty()
                .allMatch(sql -> sql.contains(" using index ")
                        || sql.toLowerCase(Locale.ROOT).endsWith(" not valid"));
    }

    @Test
    void adoptWhenUsersAreToldApartThenEachHasTheirRowsAndTriggersDoNotFire() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        database.execute("""
                update threads set user_id = id % 3 + 1, parent_id = null; update sessions set user_id = thread_id % 3 + 1;
                update events set user_id = thread_id % 3 + 1; update snapshots set user_id = thread_id % 3 + 1;
                update "Queue positions" set user_id = thread_id % 3 + 1;
                create function touch() returns trigger language plpgsql as 'begin new.updated_at := now(); return new; end';
                create trigger touch before update on threads for each row execute function touch()""");
        List<String> rows = database.rows();
        AdoptionRequest all = AdoptIT.everything(database);
        var request = new AdoptionRequest(
                all.owner(),
                all.role(),
                all.userColumn(),
                all.tables(),
                all.shared(),
                Map.of("1", "legacy-owner", "2", "bob"),
                true);

        AdoptIT.adopt(database, request, Stage.ENFORCE, new Progress() {});

        assertThat(database.texts("select owner_id || ' ' || count(*) from events group by owner_id order by 1"))
                .containsExactly("3 33300", "bob 33400", "legacy-owner 33300");
        assertThat(database.rows()).isEqualTo(rows);
        assertThat(AdoptIT.findings(database)).isEmpty();
    }

    private static int write(SingleUserDatabase database, String name, CountDownLatch writing, AtomicBoolean ended)
            throws SQLException {
        int rows = 0;
        try (Connection connection = database.connectAs(SingleUserDatabase.OWNER)) {
            while (!ended.get()) {
                SingleUserDatabase.execute(connection, """
                        begin;
                        insert into threads (name) values ('%s') on conflict (name) do update set updated_at = now();
                        insert into events (thread_id, session_id, body) select thread_id, id, 'online' from sessions where thread_id = 1;
                        update threads set updated_at = now() where id = 3;
                        delete from events where thread_id = 5 and body = 'nothing';
                        commit""".formatted(name));
                rows++;
                writing.countDown();
            }
        }
        return rows;
    }
}
