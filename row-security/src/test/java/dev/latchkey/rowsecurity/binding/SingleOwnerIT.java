package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application that has no users yet: its SQL outside of transactions is bound too, and no more than that. */
class SingleOwnerIT {

    private static final Owner LEGACY = Owner.of("legacy");
    private static final String INSERT = "insert into notes (title) values (?)";
    private static final String COUNT = "select count(*) from notes";

    private final OwnerScope scope = OwnerScope.ofSingle(LEGACY);
    private final HikariDataSource pool = TestDatabase.pool(1);
    private final JdbcTemplate jdbc = new JdbcTemplate(new BindingDataSource(pool, scope));

    @AfterEach
    void empty() {
        pool.close();
        TestDatabase.deleteAllNotes();
    }

    @Test
    void updateWhenOutsideOfTransactionsThenBound() {
        jdbc.update(INSERT, "a");

        assertThat(jdbc.queryForObject(COUNT, Integer.class)).isOne();
        assertThat(new JdbcTemplate(TestDatabase.superuser())
                        .queryForObject("select owner_id from notes", String.class))
                .isEqualTo("legacy");
    }

    @Test
    void queryWhenSomebodyElseThenNothingIsSeen() {
        jdbc.update(INSERT, "a");

        assertThat(scope.<Integer>runAs(Owner.of("bob"), () -> jdbc.queryForObject(COUNT, Integer.class)))
                .isZero();
        assertThat(scope.<Integer>unowned("a test", () -> jdbc.queryForObject(COUNT, Integer.class)))
                .isZero();
        assertThat(new JdbcTemplate(pool).queryForObject(COUNT, Integer.class))
                .as("what is left on the connection")
                .isZero();
    }

    @Test
    void updateWhenAnOrdinaryScopeThenATransactionIsRequired() {
        JdbcTemplate ordinary = new JdbcTemplate(new BindingDataSource(pool, new OwnerScope(() -> LEGACY)));

        assertThatExceptionOfType(UnboundException.class).isThrownBy(() -> ordinary.update(INSERT, "a"));
    }
}
