package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.binding.delegate.NeverUnwrapped;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;

/**
 * Meta data reads the catalogs only, which know no owner, so it is not bound; but it leads back to its connection. A proxy
 * because nobody reads meta data on a hot path.
 */
final class BoundMetaData {

    private BoundMetaData() {}

    static DatabaseMetaData of(DatabaseMetaData delegate, Connection connection) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                BoundMetaData.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getConnection" -> {
                            return connection;
                        }
                        case "isWrapperFor" -> {
                            return ((Class<?>) arguments[0]).isInstance(proxy);
                        }
                        case "unwrap" -> {
                            return NeverUnwrapped.itself(proxy, (Class<?>) arguments[0]);
                        }
                        default -> {
                            try {
                                Object answer = method.invoke(delegate, arguments);
                                return answer instanceof ResultSet rows ? new BindingResultSet(rows, null) : answer;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }
                    }
                });
    }
}
