package dev.latchkey.rowsecurity.binding;

import static dev.latchkey.rowsecurity.testing.CountingSocketFactory.roundTripsOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.testing.CountingSocketFactory;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What binding costs on the wire, against the same work on the same pool without it. */
class RoundTripsIT {

    private static final OwnerScope SCOPE = new OwnerScope(() -> null);
    private static HikariDataSource pool;

    @BeforeAll
    static void connect() {
        pool = TestDatabase.pool(1, Map.of("socketFactory", CountingSocketFactory.class.getName()));
    }

    @AfterAll
    static void disconnect() {
        pool.close();
        TestDatabase.deleteAllNotes();
    }

    @Test
    void oneSelectTakesTwoRoundTripsAsWithoutRowSecurity() {
        assertRoundTrips(
                2, 2, (jdbc, table) -> jdbc.queryForList("select title from " + table + " where title = ?", "x"));
    }

    @Test
    void oneInsertTakesTwoRoundTripsAsWithoutRowSecurity() {
        assertRoundTrips(
                2,
                2,
                (jdbc, table) -> jdbc.update("insert into " + table + " (owner_id, title) values ('alice', ?)", "x"));
    }

    @Test
    void threeSelectsTakeFourRoundTripsAsWithoutRowSecurity() {
        assertRoundTrips(
                4,
                4,
                (jdbc, table) -> IntStream.range(0, 3)
                        .forEach(i -> jdbc.queryForList("select title from " + table + " where title = ?", "x" + i)));
    }

    @Test
    void batchOfOneTakesTwoRoundTripsAsWithoutRowSecurity() {
        assertRoundTrips(
                2,
                2,
                (jdbc, table) -> jdbc.batchUpdate(
                        "insert into " + table + " (owner_id, title) values ('alice', ?)",
                        List.of(new Object[][] {{"x"}})));
    }

    @Test
    void batchOfSixteenTakesTwoRoundTripsAsWithoutRowSecurity() {
        assertRoundTrips(2, 2, batch(16));
    }

    @Test
    void largerBatchTakesOneRoundTripMore() {
        assertRoundTrips(2, 3, batch(17));
    }

    private static BiConsumer<JdbcTemplate, String> batch(int size) {
        List<Object[]> rows =
                IntStream.range(0, size).mapToObj(i -> new Object[] {"x" + i}).toList();
        return (jdbc, table) ->
                jdbc.batchUpdate("insert into " + table + " (owner_id, title) values ('alice', ?)", rows);
    }

    @Test
    void generatedKeysTakeTwoRoundTripsAsWithoutRowSecurity() {
        assertRoundTrips(2, 2, (jdbc, table) -> {
            GeneratedKeyHolder keys = new GeneratedKeyHolder();
            jdbc.update(
                    connection -> {
                        PreparedStatement insert = connection.prepareStatement(
                                "insert into " + table + " (owner_id, title) values ('alice', ?)",
                                new String[] {"title"});
                        insert.setString(1, "keyed");
                        return insert;
                    },
                    keys);
            assertThat(keys.getKeyAs(String.class)).isEqualTo("keyed");
        });
    }

    @Test
    void statementWithoutParametersTakesTwoRoundTripsAsWithoutRowSecurity() {
        assertRoundTrips(2, 2, (jdbc, table) -> jdbc.queryForList("select title from " + table));
    }

    @Test
    void unownedQueryOutsideOfATransactionTakesOneRoundTrip() {
        JdbcTemplate bound = new JdbcTemplate(new BindingDataSource(pool, SCOPE));
        Runnable query =
                () -> SCOPE.unowned("test", () -> bound.queryForList("select * from shared where word = ?", "x"));
        query.run();
        assertThat(roundTripsOf(query)).isEqualTo(1);
    }

    private static void assertRoundTrips(int unbound, int bound, BiConsumer<JdbcTemplate, String> work) {
        Runnable plain = inTransaction(pool, "unprotected", work);
        Runnable binding = inTransaction(new BindingDataSource(pool, SCOPE), "notes", work);
        // Up to and beyond the fifth run, from which on pgjdbc uses named statements.
        for (int run = 0; run < 8; run++) {
            assertThat(roundTripsOf(plain))
                    .as("without row security, run %d", run)
                    .isEqualTo(unbound);
            assertThat(roundTripsOf(() -> SCOPE.runAs(Owner.of("alice"), binding)))
                    .as("bound, run %d", run)
                    .isEqualTo(bound);
        }
    }

    private static Runnable inTransaction(DataSource dataSource, String table, BiConsumer<JdbcTemplate, String> work) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        return () -> transaction.executeWithoutResult(status -> work.accept(jdbc, table));
    }
}
