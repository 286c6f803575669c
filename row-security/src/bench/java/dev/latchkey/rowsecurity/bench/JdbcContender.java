package dev.latchkey.rowsecurity.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The same JDBC code over one pool each: with owner_id in every statement and no row security, or without it and with. */
final class JdbcContender implements Contender {

    private static final String BIND = "select set_config('app.user_id', ?, true), set_config('app.context', '|write', true)";

    private final HikariDataSource pool;
    private final DataSource dataSource;
    private final @Nullable OwnerScope scope;
    private final boolean bindsNaively;
    private final boolean readOnly;

    private JdbcContender(
            HikariDataSource pool, DataSource dataSource, @Nullable OwnerScope scope, boolean bindsNaively, boolean readOnly) {
        this.pool = pool;
        this.dataSource = dataSource;
        this.scope = scope;
        this.bindsNaively = bindsNaively;
        this.readOnly = readOnly;
    }

    /** No row security: every statement names the owner. */
    static JdbcContender unbound(HikariDataSource pool) {
        return new JdbcContender(pool, pool, null, false, false);
    }

    /** Row security, bound by a statement of its own. */
    static JdbcContender naive(HikariDataSource pool) {
        return new JdbcContender(pool, pool, null, true, false);
    }

    /** Row security, bound in the same flush. */
    static JdbcContender bound(HikariDataSource pool, BindingOptions options, boolean readOnly) {
        OwnerScope scope = new OwnerScope(() -> null);
        return new JdbcContender(pool, new BindingDataSource(pool, scope, options), scope, false, readOnly);
    }

    @Override
    public void run(Work work, String owner) throws SQLException {
        if (scope == null) {
            inTransaction(work, owner);
            return;
        }
        SQLException failure = scope.runAs(Owner.of(owner), () -> {
            try {
                inTransaction(work, owner);
                return null;
            } catch (SQLException e) {
                return e;
            }
        });
        if (failure != null) {
            throw failure;
        }
    }

    private void inTransaction(Work work, String owner) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (readOnly) {
                connection.setReadOnly(true);
            }
            if (bindsNaively) {
                try (PreparedStatement bind = connection.prepareStatement(BIND)) {
                    bind.setString(1, owner);
                    read(bind, 1);
                }
            }
            perform(connection, work, owner);
            connection.commit();
        }
    }

    private void perform(Connection connection, Work work, String owner) throws SQLException {
        boolean named = scope == null && !bindsNaively;
        String table = named ? "plain" : "notes";
        switch (work) {
            case BY_ID -> query(
                    connection,
                    "select id, title, updated_at from " + table + " where id = ?" + (named ? " and owner_id = ?" : ""),
                    1,
                    Data.someId(owner),
                    named ? owner : null);
            case NEWEST -> query(
                    connection,
                    "select id, title, updated_at from " + table + (named ? " where owner_id = ?" : "")
                            + " order by updated_at desc, id limit 20",
                    20,
                    null,
                    named ? owner : null);
            case INSERT -> insert(connection, table, named ? owner : null, 1);
            case BATCH -> insert(connection, table, named ? owner : null, 10);
        }
    }

    private static void query(Connection connection, String sql, int rows, @Nullable UUID id, @Nullable String owner)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            if (id != null) {
                statement.setObject(parameter++, id);
            }
            if (owner != null) {
                statement.setString(parameter, owner);
            }
            read(statement, rows);
        }
    }

    private static void read(PreparedStatement statement, int expected) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            int rows = 0;
            while (row.next()) {
                row.getString(1);
                rows++;
            }
            if (rows != expected) {
                throw new SQLException("%d rows instead of %d: this would measure something else".formatted(rows, expected));
            }
        }
    }

    private static void insert(Connection connection, String table, @Nullable String owner, int rows) throws SQLException {
        String sql = owner == null
                ? "insert into " + table + " (id, title) values (?, ?)"
                : "insert into " + table + " (id, title, owner_id) values (?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < rows; i++) {
                statement.setObject(1, UUID.randomUUID());
                statement.setString(2, "a title of usual length");
                if (owner != null) {
                    statement.setString(3, owner);
                }
                if (rows > 1) {
                    statement.addBatch();
                }
            }
            if (rows > 1) {
                statement.executeBatch();
            } else {
                statement.executeUpdate();
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
