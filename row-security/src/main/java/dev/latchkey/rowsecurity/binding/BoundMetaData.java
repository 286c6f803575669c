package dev.latchkey.rowsecurity.binding;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

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
                            Class<?> type = (Class<?>) arguments[0];
                            if (!type.isInstance(proxy)) {
                                throw new SQLException(
                                        "Row security does not hand out the driver's " + type.getSimpleName());
                            }
                            return proxy;
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
