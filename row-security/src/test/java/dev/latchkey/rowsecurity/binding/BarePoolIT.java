package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Connections used without Spring, from a pool of one that neither rolls back nor resets anything. */
class BarePoolIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private final OwnerScope scope = new OwnerScope(() -> null);
    private final SingleConnectionDataSource pool = new SingleConnectionDataSource(TestDatabase.url(), true);
    private final BindingDataSource dataSource = new BindingDataSource(pool, scope);

    @BeforeEach
    void empty() {
        TestDatabase.deleteAllNotes();
    }

    @AfterEach
    void disconnect() {
        pool.destroy();
        TestDatabase.deleteAllNotes();
    }

    @Test
    void givenATransactionThatIsLeftOpenThenTheNextOwnerDoesNotGoOnWithIt() {
        as(ALICE, connection -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("insert into notes (title) values ('never committed')");
                statement.execute("declare c cursor for select title from notes");
            }
        });
        as(BOB, connection -> {
            assertThat(connection.getAutoCommit()).isTrue();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.executeQuery("fetch all in c"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("does not exist");
            }
        });
        as(BOB, connection -> {
            connection.setAutoCommit(false);
            assertThat(titles(connection)).isEmpty();
            connection.commit();
        });
        assertThat(rows()).isEmpty();
    }

    @Test
    void givenAutoCommitSwitchedOffAgainThenTheTransactionStillServesItsOwner() {
        as(ALICE, connection -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("insert into notes (title) values ('alices')");
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> scope.runAs(BOB, () -> titles(connection)))
                        .isInstanceOf(OwnerChangedException.class);
                assertThat(titles(connection)).containsExactly("alices");
            }
            connection.commit();
        });
        as(ALICE, connection -> {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            assertThat(titles(connection)).containsExactly("alices");
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> scope.runAs(BOB, () -> titles(connection)))
                    .isInstanceOf(OwnerChangedException.class);
        });
    }

    @Test
    void givenAutoCommitSwitchedOnThenTheTransactionIsCommittedAndTheNextIsAnothers() {
        as(ALICE, connection -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("insert into notes (title) values ('alices')");
            }
            connection.setAutoCommit(true);
            connection.setAutoCommit(false);
            assertThat(scope.<List<String>>runAs(BOB, () -> titles(connection))).isEmpty();
        });
        assertThat(rows()).containsExactly("alice alices");
    }

    /** As when a transaction manager knows the pool and not the binder before it. */
    @Test
    void givenATransactionOfSomebodyElseThenItIsNotEnded() {
        as(ALICE, connection -> {});
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        scope.runAs(
                ALICE,
                () -> transaction.executeWithoutResult(
                        status -> jdbc.update("insert into notes (title) values ('alices')")));
        assertThat(rows()).containsExactly("alice alices");
    }

    private void as(Owner owner, Work work) {
        scope.runAs(owner, () -> {
            try (Connection connection = dataSource.getConnection()) {
                work.on(connection);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static List<String> titles(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select title from notes")) {
            List<String> titles = new ArrayList<>();
            while (rows.next()) {
                titles.add(rows.getString(1));
            }
            return titles;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> rows() {
        return new JdbcTemplate(TestDatabase.superuser())
                .queryForList("select owner_id || ' ' || title from notes order by 1", String.class);
    }

    @FunctionalInterface
    private interface Work {
        void on(Connection connection) throws SQLException;
    }
}
