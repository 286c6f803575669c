package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.TestDatabase;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Makes a snapshot of many rows, loses them and brings them back: 5,000 rows, or as many as {@code drill.rows} says. Profile drill has
 * 100,000 of them in a heap that they do not fit into.
 */
class RestoreDrillIT extends SnapshotTest {

    private static final int ROWS = Integer.getInteger("drill.rows", 5000);

    /** Bytes. 100,000 of the rows below take some 200 MB as objects. */
    private static final long MOST_MEMORY = 32L << 20;

    private final String alice = newOwner();

    @Test
    void givenManyRows_thenTheyComeBackInConstantMemory() throws SQLException {
        fill();
        String before = fingerprint();
        snapshot(newOwner());

        long floor = live();
        long start = System.nanoTime();
        String path = post(alice, "/v1/snapshots", "")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        long making = peakUntilEnded(path) - floor;
        Duration made = Duration.ofNanos(System.nanoTime() - start);
        JsonNode snapshot = json(get(alice, path));
        assertThat(snapshot.path("rows_done").intValue()).isEqualTo(ROWS);
        sql("update works set title = 'lost', version = version + 1 where owner_id = '" + alice + "'");

        start = System.nanoTime();
        assertThat(post(alice, path + "/restore", "{\"mode\":\"replace\"}").statusCode())
                .isEqualTo(202);
        long restoring = peakUntilEnded(path) - floor;
        Duration restored = Duration.ofNanos(System.nanoTime() - start);

        JsonNode restore = json(get(alice, path)).path("restore");
        assertThat(restore.path("state").stringValue()).as(restore.toString()).isEqualTo("done");
        assertThat(fingerprint()).isEqualTo(before);
        System.out.printf(
                "Restore drill: %,d rows, archive %,d bytes; made in %.1f s, restored (with the snapshot before it) in %.1f s;"
                        + " live heap above that before at most %,d KiB and %,d KiB%n",
                ROWS,
                snapshot.path("size").longValue(),
                made.toMillis() / 1000.0,
                restored.toMillis() / 1000.0,
                making >> 10,
                restoring >> 10);
        assertThat(making).isLessThan(MOST_MEMORY);
        assertThat(restoring).isLessThan(MOST_MEMORY);
    }

    /** What is live in the heap, at most, while a job is under way: between full collections. */
    private long peakUntilEnded(String path) {
        long peak = 0;
        while (isUnderWay(json(get(alice, path)))) {
            peak = Math.max(peak, live());
            // Measuring all the time would be most of the time measured.
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
        return peak;
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Works, each with annotations, each with a card. */
    private void fill() throws SQLException {
        sql("insert into app_users (id) values ('" + alice + "') on conflict do nothing");
        String text = "'%s ' || i || ' ' || md5(i::text) || md5(random()::text)";
        sql("insert into works (owner_id, title, metadata) select '" + alice + "', " + text.formatted("work")
                + ", jsonb_build_object('n', i) from generate_series(1, " + ROWS / 5 + ") i");
        sql("insert into annotations (owner_id, work_id, content) select owner_id, id, repeat(" + text.formatted("note")
                + ", 3) from works, generate_series(1, 2) i where owner_id = '" + alice + "'");
        sql(
                "insert into cards (owner_id, annotation_id, front) select owner_id, id, content from annotations where owner_id = '"
                        + alice + "'");
    }

    private String fingerprint() throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                PreparedStatement query = superuser.prepareStatement("""
                        select md5(string_agg(line, '|' order by line)) from (
                          select w::text as line from works w where owner_id = ? union all
                          select a::text from annotations a where owner_id = ? union all
                          select c::text from cards c where owner_id = ?) lines""")) {
            for (int i = 1; i <= 3; i++) {
                query.setString(i, alice);
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static void sql(String statement) throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            sql.execute(statement);
        }
    }
}
