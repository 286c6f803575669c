package dev.latchkey.rowsecurity.bench;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * What the wrapper does for one statement of a transaction that is bound. The connection is a real one until it has bound and learned what
 * it learns of a database; from then on its driver does nothing, for a real one would drown the wrapper in noise. What the proxies in the
 * driver's place cost counts against the wrapper.
 */
@State(Scope.Thread)
public class Wrapped {

    private static final String SQL = "select id, title, updated_at from notes where id = ?::uuid";
    private static final Owner OWNER = new Owner("owner-1", "actor-1");

    private final PreparedStatement idleStatement = idle(PreparedStatement.class, idle(ResultSet.class, null));
    private Data data;
    private Connection real;
    private BaseConnection driver;
    private Connection bound;
    private boolean isIdle;

    /** Binds once, for real. */
    @Setup
    public void bind() throws Exception {
        data = new Data();
        real = data.pool(data.port(), 1).getConnection();
        BaseConnection connection = real.unwrap(BaseConnection.class);
        connection.setAutoCommit(false);
        driver = (BaseConnection) Proxy.newProxyInstance(
                Wrapped.class.getClassLoader(),
                new Class<?>[] {BaseConnection.class},
                (proxy, method, arguments) -> call(connection, proxy, method, arguments));
        DataSource dataSource = (DataSource) Proxy.newProxyInstance(
                Wrapped.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> driver);
        DataSource binding = new BindingDataSource(dataSource, new OwnerScope(() -> OWNER));
        for (int i = 0; i < 3; i++) {
            bound = binding.getConnection();
            statement(bound);
            if (i < 2) {
                bound.rollback();
                bound.close();
            }
        }
        isIdle = true;
    }

    private Object call(BaseConnection connection, Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "isWrapperFor":
                return arguments[0] == BaseConnection.class;
            case "unwrap":
                return proxy;
            case "close":
                return null;
            case "prepareStatement":
                return isIdle ? idleStatement : method.invoke(connection, arguments);
            case "getTransactionState":
                return isIdle ? TransactionState.OPEN : connection.getTransactionState();
            default:
                return method.invoke(connection, arguments);
        }
    }

    /** Gives the connection back. */
    @TearDown
    public void end() throws Exception {
        real.close();
        data.close();
    }

    /** What is compared with. */
    @Benchmark
    public boolean bare() throws SQLException {
        return statement(driver);
    }

    /** The same through the wrapper. */
    @Benchmark
    public boolean wrapped() throws SQLException {
        return statement(bound);
    }

    private static boolean statement(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, "00000001-0000-4000-8000-000000000001");
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static <T> T idle(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                Wrapped.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (
                        method.getReturnType().getName()) {
                    case "boolean" -> true;
                    case "int" -> 0;
                    case "long" -> 0L;
                    default -> answer;
                }));
    }
}
