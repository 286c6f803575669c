package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.binding.delegate.NeverUnwrapped;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function or procedure, bound in a round trip of its own because the driver reads its answer as output parameters. A
 * proxy because the interface has some two hundred methods and a call is dearer than reflection. A procedure cannot end the
 * transaction: Postgres refuses that in a call that is part of one (2D000).
 */
final class BindingCall implements InvocationHandler {

    private static final Set<String> RUNS = Set.of(
            "execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch", "executeLargeBatch");

    private final CallableStatement delegate;
    private final String sql;
    private final BindingConnection connection;
    private final BoundTransaction transaction;

    private BindingCall(
            CallableStatement delegate, String sql, BindingConnection connection, BoundTransaction transaction) {
        this.delegate = delegate;
        this.sql = sql;
        this.connection = connection;
        this.transaction = transaction;
    }

    static CallableStatement of(
            CallableStatement delegate, String sql, BindingConnection connection, BoundTransaction transaction) {
        return (CallableStatement) Proxy.newProxyInstance(
                BindingCall.class.getClassLoader(),
                new Class<?>[] {CallableStatement.class},
                new BindingCall(delegate, sql, connection, transaction));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        Object[] arguments = given == null ? new Object[0] : given;
        String name = method.getName();
        return switch (name) {
            case "getConnection" -> connection;
            case "isWrapperFor" -> ((Class<?>) arguments[0]).isInstance(proxy);
            case "unwrap" -> NeverUnwrapped.itself(proxy, (Class<?>) arguments[0]);
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> {
                if ((name.startsWith("execute") || name.equals("addBatch")) && arguments.length > 0) {
                    throw new SQLException("A CallableStatement runs the SQL it was prepared with and takes no other");
                }
                yield BindingResultSet.handedOut(
                        RUNS.contains(name) ? run(method) : pass(method, arguments), (Statement) proxy);
            }
        };
    }

    private @Nullable Object run(Method method) throws Throwable {
        Binding missing = transaction.missing(sql, false);
        try {
            if (missing != null) {
                transaction.bindSeparately(missing);
            }
            return pass(method, new Object[0]);
        } catch (SQLException e) {
            throw transaction.refusal(e, null);
        }
    }

    private @Nullable Object pass(Method method, Object[] arguments) throws Throwable {
        Object[] driversOwn = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            driversOwn[i] = BindingArray.driversOwn(arguments[i]);
        }
        try {
            return method.invoke(delegate, driversOwn);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
