package dev.latchkey.rowsecurity.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code app.partition}, in a transaction that is rolled back. */
class PartitionIT {

    private static final String TABLE = """
            create table "Big notes" (
              owner_id text not null default app.current_owner(), id int not null, updated_at timestamptz not null default now(),
              primary key (owner_id, id)) partition by hash (owner_id)""";

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void begin() throws SQLException {
        connection = DoctorDatabase.shared().connectAs("postgres");
        connection.setAutoCommit(false);
        statement = connection.createStatement();
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void partitionWhenProtectedThenTheDoctorFindsNothingAndOwnersAreApart() throws SQLException {
        statement.execute(TABLE);
        statement.execute("select app.partition('\"Big notes\"'); select app.protect('\"Big notes\"', 'notes_app')");
        statement.execute("set local session authorization notes_app; set local app.user_id = 'alice'");
        statement.execute("insert into \"Big notes\" (id) select generate_series(1, 50)");

        assertThat(new Doctor().examine(connection)).isEmpty();
        assertThat(number("select count(*) from \"Big notes\"")).isEqualTo(50);
        statement.execute("set local app.user_id = 'bob'");
        assertThat(number("select count(*) from \"Big notes\"")).isZero();
        statement.execute("insert into \"Big notes\" (id) values (1)");
        assertThat(number("select count(*) from \"Big notes\"")).isOne();
        assertThatThrownBy(() -> statement.execute("select from \"Big notes_0\""))
                .hasMessageContaining("permission denied");
    }

    @Test
    void partitionWhenRepeatedThenNothingHappensAndAnotherNumberIsRefused() throws SQLException {
        statement.execute(TABLE);
        statement.execute("select app.partition('\"Big notes\"', 4); select app.partition('\"Big notes\"', 4)");

        assertThat(number("select count(*) from pg_inherits where inhparent = '\"Big notes\"'::regclass"))
                .isEqualTo(4);
        assertThatThrownBy(() -> statement.execute("select app.partition('\"Big notes\"')"))
                .hasMessageContaining("has 4 partitions already");
    }

    @Test
    void partitionWhenAnythingElseThenRefused() {
        assertThatThrownBy(() -> statement.execute("select app.partition('notes')"))
                .hasMessageContaining("not partitioned by hash (owner_id)");
    }

    @Test
    void partitionWhenTheNumberIsOutOfRangeThenRefused() throws SQLException {
        statement.execute(TABLE);

        assertThatThrownBy(() -> statement.execute("select app.partition('\"Big notes\"', 0)"))
                .hasMessageContaining("1 to 64");
    }

    private int number(String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
