package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.session.Sessions;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose statements run bound to the owner in scope: {@code app.user_id} and {@code app.context} are set, local to
 * the transaction, in the same network flush as its first statement. SQL with nobody in scope is refused before it is sent.
 */
public final class BindingDataSource implements DataSource {

    private final DataSource pool;
    private final OwnerScope scope;
    private final LoneReads loneReads;
    private final @Nullable Signing signing;
    private final Observer observer;
    private final Sessions sessions = new Sessions();

    /**
     * With {@link BindingOptions#DEFAULTS}.
     *
     * @param pool a pool of Postgres connections, made with the driver {@code org.postgresql}
     * @param scope whom to bind
     */
    public BindingDataSource(DataSource pool, OwnerScope scope) {
        this(pool, scope, BindingOptions.DEFAULTS);
    }

    /**
     * @param pool a pool of Postgres connections, made with the driver {@code org.postgresql}
     * @param scope whom to bind
     * @param options how
     */
    public BindingDataSource(DataSource pool, OwnerScope scope, BindingOptions options) {
        this.pool = pool;
        this.scope = scope;
        this.loneReads = new LoneReads(options.readOnlyInOneRoundTrip());
        this.signing = options.signing();
        this.observer = new Observer(scope.observeMode());
    }

    @Override
    public Connection getConnection() throws SQLException {
        return bound(pool.getConnection());
    }

    /** Refused: whether the pool's own login role is held by the policies was examined, another's was not. */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "Row security hands out connections of the pool's own login role only: give another role a DataSource bean of its own");
    }

    /** Whether the database only observed what its policies would deny when it was last asked. False until then. */
    public boolean onlyObserves() {
        return observer.onlyObserves();
    }

    /** Whether a connection's statements are bound: it comes from a bound data source, perhaps in other hands' wrapping. */
    public static boolean binds(Connection connection) throws SQLException {
        return connection.isWrapperFor(BindingConnection.class);
    }

    private Connection bound(Connection connection) throws SQLException {
        // A pool behind a routing or lazy data source may be a bound bean itself.
        if (binds(connection)) {
            return connection;
        }
        try {
            return new BindingConnection(connection, scope, loneReads, sessions, signing, observer);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Hands out what a pool shows of itself, such as its JMX view, and never a data source: its connections would be unbound. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (isView(type)) {
            return pool.unwrap(type);
        }
        throw new SQLException("Row security does not hand out the data source " + type.getSimpleName()
                + ": its connections would be bound to no owner");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || (isView(type) && pool.isWrapperFor(type));
    }

    private static boolean isView(Class<?> type) {
        return type.isInterface()
                && (type.getName().endsWith("MBean") || type.getName().endsWith("MXBean"))
                && !CommonDataSource.class.isAssignableFrom(type);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }
}
