package dev.latchkey.rowsecurity.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingKey;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Many owners in turn over a few server connections that PgBouncer hands from transaction to transaction. */
class PgBouncerIT {

    private static final int SERVERS = 4;
    private static final int THREADS = 8;
    private static final int TRANSACTIONS = 750;
    private static final int OWNERS = 100;
    private static final String KEY = "a key of this test, which nobody guesses";

    private static PgBouncer bouncer;

    @BeforeAll
    static void start() {
        bouncer = new PgBouncer(SERVERS);
    }

    @AfterAll
    static void stop() {
        bouncer.close();
    }

    @AfterEach
    void empty() {
        JdbcClient.create(TestDatabase.superuser())
                .sql("delete from app.binding_key")
                .update();
        TestDatabase.deleteAllNotes();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givenThousandsOfOwnersInTurnThenNoWrongRow(boolean signed) throws Exception {
        if (signed) {
            JdbcClient.create(TestDatabase.superuser())
                    .sql("select app.add_binding_key(?)")
                    .param(BindingKey.of(KEY).secret())
                    .query()
                    .singleRow();
        }
        try (ConfigurableApplicationContext application = JpaApplication.start(
                "spring.datasource.url=" + bouncer.url(),
                "spring.datasource.hikari.maximum-pool-size=" + THREADS,
                "latchkey.row-security.signing.backend-pid=false",
                "latchkey.row-security.signing.key=" + (signed ? KEY : ""))) {
            Load load = new Load(application);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<?>> running = IntStream.range(0, THREADS)
                        .<Future<?>>mapToObj(thread -> threads.submit(() -> load.run(new Random(thread))))
                        .toList();
                for (Future<?> thread : running) {
                    thread.get();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(load.servers).hasSizeBetween(2, SERVERS);
            load.assertEveryRowIsItsOwners();
        }
    }

    @Test
    void givenAnOwnerBoundToTheSessionThenPgBouncerHandsOutWrongRows() throws SQLException {
        JdbcClient.create(TestDatabase.superuser())
                .sql("insert into notes (owner_id, title) values ('alice', 'alices'), ('bob', 'bobs')")
                .update();
        try (PgBouncer single = new PgBouncer(1);
                Connection alice = DriverManager.getConnection(single.url());
                Connection bob = DriverManager.getConnection(single.url())) {
            first(alice, "select set_config('app.user_id', 'alice', false)");
            first(bob, "select set_config('app.user_id', 'bob', false)");
            assertThat(first(alice, "select title from notes")).isEqualTo("bobs");
        }
    }

    private static String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static final class Load {

        private final Set<Integer> servers = ConcurrentHashMap.newKeySet();
        private final AtomicIntegerArray expected = new AtomicIntegerArray(OWNERS);
        private final OwnerScope scope;
        private final JdbcTemplate jdbc;
        private final EntityManager entities;
        private final TransactionTemplate writing;
        private final TransactionTemplate reading;

        Load(ConfigurableApplicationContext application) {
            scope = application.getBean(OwnerScope.class);
            jdbc = new JdbcTemplate(application.getBean(DataSource.class));
            entities =
                    SharedEntityManagerCreator.createSharedEntityManager(application.getBean(EntityManagerFactory.class));
            writing = new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
            reading = new TransactionTemplate(writing.getTransactionManager());
            reading.setReadOnly(true);
        }

        void run(Random random) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                int number = random.nextInt(OWNERS);
                String owner = "owner-" + number;
                int kind = random.nextInt(7);
                if (kind == 6) {
                    scope.unowned("test", () -> assertThat(jdbc.queryForList("select * from notes"))
                            .isEmpty());
                } else {
                    scope.runAs(Owner.of(owner), () -> transaction(kind, number, owner));
                }
            }
        }

        private void transaction(int kind, int number, String owner) {
            switch (kind) {
                case 0 -> reading.executeWithoutResult(status -> assertOnlyOf(owner));
                case 1 -> reading.executeWithoutResult(status -> {
                    assertOnlyOf(owner);
                    assertThat(entities.createQuery("select title from Note", String.class)
                                    .getResultList())
                            .allMatch(owner::equals);
                });
                case 2 -> {
                    writing.executeWithoutResult(status -> {
                        entities.persist(new Note(owner));
                        entities.flush();
                        servers.add(jdbc.queryForObject("select pg_backend_pid()", Integer.class));
                        assertOnlyOf(owner);
                    });
                    expected.incrementAndGet(number);
                }
                case 3 -> writing.executeWithoutResult(status -> {
                    jdbc.update("insert into notes (title) values (?)", "never committed");
                    status.setRollbackOnly();
                });
                case 4 -> assertThatThrownBy(() -> writing.executeWithoutResult(status -> {
                            jdbc.update("insert into notes (title) values (?)", "never committed");
                            jdbc.queryForObject("select 1 / ?", Integer.class, 0);
                        }))
                        .isInstanceOf(DataAccessException.class);
                default -> {
                    writing.executeWithoutResult(status -> jdbc.batchUpdate(
                            "insert into notes (title) values (?)",
                            new ArrayList<>(Collections.nCopies(3, new Object[] {owner}))));
                    expected.addAndGet(number, 3);
                }
            }
        }

        private void assertOnlyOf(String owner) {
            assertThat(jdbc.queryForList("select owner_id || '/' || title from notes where title <> ?", String.class, ""))
                    .allMatch((owner + "/" + owner)::equals);
        }

        void assertEveryRowIsItsOwners() {
            JdbcClient everything = JdbcClient.create(TestDatabase.superuser());
            assertThat(everything
                            .sql("select count(*) from notes where owner_id <> title")
                            .query(Integer.class)
                            .single())
                    .isZero();
            for (int number = 0; number < OWNERS; number++) {
                assertThat(everything
                                .sql("select count(*) from notes where owner_id = ?")
                                .param("owner-" + number)
                                .query(Integer.class)
                                .single())
                        .isEqualTo(expected.get(number));
            }
        }
    }
}
