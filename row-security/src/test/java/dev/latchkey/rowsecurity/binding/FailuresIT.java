package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that end otherwise than by commit or rollback, and what the errors show. */
class FailuresIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");
    private static final String INSERT = "insert into notes (title) values (?)";

    private final OwnerScope scope = new OwnerScope(() -> null);
    private final HikariDataSource pool = TestDatabase.pool(1);
    private final BindingDataSource dataSource = new BindingDataSource(pool, scope);
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));

    @BeforeEach
    void empty() {
        TestDatabase.deleteAllNotes();
    }

    @AfterEach
    void disconnect() {
        TestDatabase.deleteAllNotes();
        pool.close();
    }

    @Nested
    class GivenATransactionThatIsCutOff {

        static Stream<Arguments> cuts() {
            return Stream.of(
                    cut("statement_timeout", jdbc -> {
                        jdbc.execute("set local statement_timeout = '50ms'");
                        jdbc.execute("select pg_sleep(30)");
                    }),
                    cut("query timeout", jdbc -> {
                        jdbc.setQueryTimeout(1);
                        jdbc.queryForList("select pg_sleep(?)", 30);
                    }),
                    cut("transaction_timeout", jdbc -> {
                        jdbc.execute("set local transaction_timeout = '50ms'");
                        jdbc.execute("select pg_sleep(30)");
                    }),
                    cut(
                            "cancelled",
                            jdbc -> jdbc.execute((ConnectionCallback<Void>) connection -> {
                                try (Statement statement = connection.createStatement()) {
                                    inTheMeantime(pid -> cancel(statement));
                                    statement.execute("select pg_sleep(30)");
                                    return null;
                                }
                            })),
                    cut(
                            "cancelled, prepared",
                            jdbc -> jdbc.execute((ConnectionCallback<Void>) connection -> {
                                try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(30)")) {
                                    inTheMeantime(pid -> cancel(statement));
                                    statement.execute();
                                    return null;
                                }
                            })),
                    cut("cancelled by the server", jdbc -> {
                        inTheMeantime(pid -> superuser("select pg_cancel_backend(" + pid + ")"));
                        jdbc.execute("select pg_sleep(30)");
                    }),
                    cut("backend terminated", jdbc -> {
                        inTheMeantime(pid -> superuser("select pg_terminate_backend(" + pid + ")"));
                        jdbc.execute("select pg_sleep(30)");
                    }),
                    cut(
                            "backend terminated before the commit",
                            jdbc -> superuser("select pg_terminate_backend("
                                    + jdbc.queryForObject("select pg_backend_pid()", Integer.class) + ", 5000)")),
                    cut(
                            "aborted",
                            jdbc -> jdbc.execute((ConnectionCallback<Void>) connection -> {
                                connection.abort(Runnable::run);
                                connection.createStatement().execute("select 1");
                                return null;
                            })),
                    cut("interrupted", jdbc -> {
                        Thread.currentThread().interrupt();
                        jdbc.queryForList("select * from nowhere");
                    }));
        }

        private static Arguments cut(String name, Consumer<JdbcTemplate> cut) {
            return Arguments.argumentSet(name, cut);
        }

        @ParameterizedTest
        @MethodSource("cuts")
        void thenItsWorkIsGoneAndTheNextOwnerIsBound(Consumer<JdbcTemplate> cut) {
            assertThatThrownBy(() -> as(ALICE, () -> {
                        jdbc.update(INSERT, "never committed");
                        cut.accept(new JdbcTemplate(dataSource));
                    }))
                    .isNotNull();
            Thread.interrupted();
            as(BOB, () -> {
                assertThat(jdbc.queryForList("select title from notes")).isEmpty();
                jdbc.update(INSERT, "bobs");
            });
            assertThatThrownBy(() -> jdbc.queryForList("select title from notes"))
                    .isInstanceOf(UnboundException.class);
            assertThat(rows()).containsExactly("bob bobs");
        }

        @Test
        void whenSpringsTimeoutHasPassedThenRefusedAndTheNextOwnerIsBound() {
            TransactionTemplate hasty = new TransactionTemplate(transaction.getTransactionManager());
            hasty.setTimeout(1);
            assertThatThrownBy(() -> scope.runAs(
                            ALICE,
                            () -> hasty.executeWithoutResult(status -> {
                                jdbc.update(INSERT, "never committed");
                                jdbc.execute("select pg_sleep(30)");
                            })))
                    .isNotNull();
            as(BOB, () -> jdbc.update(INSERT, "bobs"));
            assertThat(rows()).containsExactly("bob bobs");
        }
    }

    /** Whatever Postgres shows of a row stays out of what is logged. */
    @Nested
    class GivenAnErrorThatShowsARow {

        private final UUID id = UUID.randomUUID();

        @BeforeEach
        void define() {
            superuser("alter table notes add constraint not_forbidden check (title <> 'forbidden')");
            superuser("create table owners_of_notes (owner_id text, title text, primary key (owner_id, title))");
            superuser("alter table notes add constraint deferred foreign key (owner_id, title)"
                    + " references owners_of_notes deferrable initially deferred not valid");
            superuser("alter table notes alter constraint deferred deferrable initially immediate");
        }

        @AfterEach
        void drop() {
            superuser("alter table notes drop constraint not_forbidden, drop constraint deferred");
            superuser("drop table owners_of_notes");
        }

        @Test
        void thenNoMessageHasIt() {
            superuser("insert into owners_of_notes values ('alice', 'confidential'), ('alice', 'forbidden')");
            String keyed = "insert into notes (id, title) values (?, ?)";
            as(ALICE, () -> jdbc.update(keyed, id, "confidential"));
            for (Runnable failing : List.<Runnable>of(
                    () -> jdbc.update(keyed, id, "confidential"),
                    () -> jdbc.batchUpdate(keyed, List.<Object[]>of(new Object[] {id, "confidential"})),
                    () -> jdbc.batchUpdate(
                            keyed,
                            List.of(new Object[] {UUID.randomUUID(), "confidential"}, new Object[] {id, "confidential"
                            })),
                    () -> jdbc.update(INSERT, "forbidden"),
                    () -> jdbc.update(INSERT, "unheard of"),
                    () -> {
                        jdbc.execute("set constraints all deferred");
                        jdbc.update(INSERT, "unheard of");
                    },
                    () -> {
                        jdbc.execute("set constraints all deferred");
                        jdbc.update(INSERT, "unheard of");
                        jdbc.execute((ConnectionCallback<Void>) connection -> {
                            connection.setAutoCommit(true);
                            return null;
                        });
                    })) {
                Throwable error = catchThrowable(() -> as(ALICE, failing));
                assertThat(everyMessageOf(error))
                        .contains("constraint")
                        .doesNotContain("Detail:", "Key (", "Failing row", id.toString(), "unheard of");
            }
        }

        @Test
        void thenItsKindIsStillKnown() {
            superuser("insert into owners_of_notes values ('alice', 'confidential')");
            as(ALICE, () -> jdbc.update("insert into notes (id, title) values (?, ?)", id, "confidential"));
            assertThatThrownBy(() -> as(
                            ALICE,
                            () -> jdbc.update("insert into notes (id, title) values (?, ?)", id, "confidential")))
                    .isInstanceOf(DuplicateKeyException.class)
                    .rootCause()
                    .isInstanceOfSatisfying(PSQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo("23505");
                        assertThat(e.getServerErrorMessage().getConstraint()).isEqualTo("notes_pkey");
                    });
        }

        @Test
        void whenNobodyCleansThenTheMessageHasIt() {
            superuser("insert into owners_of_notes values ('alice', 'confidential')");
            String insert = "insert into notes (owner_id, id, title) values ('alice', '" + id + "', 'confidential')";
            superuser(insert);
            assertThat(everyMessageOf(catchThrowable(() -> superuser(insert)))).contains("Key (", id.toString());
        }

        private static String everyMessageOf(Throwable error) {
            StringWriter text = new StringWriter();
            error.printStackTrace(new PrintWriter(text));
            return text.toString()
                    .lines()
                    .filter(line -> !line.startsWith("\tat "))
                    .reduce("", (a, b) -> a + "\n" + b);
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void inTheMeantime(Consumer<Integer> cut) {
        Thread thread = new Thread(() -> whenAsleep(cut));
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs {@code cut} with the backend's process id as soon as the application's statement sleeps. */
    private static void whenAsleep(Consumer<Integer> cut) {
        JdbcTemplate superuser = new JdbcTemplate(TestDatabase.superuser());
        List<Integer> asleep = List.of();
        while (asleep.isEmpty()) {
            asleep = superuser.queryForList(
                    "select pid from pg_stat_activity where usename = 'notes_app' and wait_event = 'PgSleep'"
                            + " and pg_sleep(0.02) is not null",
                    Integer.class);
        }
        cut.accept(asleep.get(0));
    }

    private void as(Owner owner, Runnable work) {
        scope.runAs(owner, () -> transaction.executeWithoutResult(status -> work.run()));
    }

    private static List<String> rows() {
        return new JdbcTemplate(TestDatabase.superuser())
                .queryForList("select owner_id || ' ' || title from notes order by 1", String.class);
    }

    private static void superuser(String sql) {
        new JdbcTemplate(TestDatabase.superuser()).execute(sql);
    }
}
