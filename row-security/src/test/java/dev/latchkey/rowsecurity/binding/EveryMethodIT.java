package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Every method of every JDBC object that is handed out, those of a later JDK as well, on sessions whose {@code app.user_id} is somebody
 * else's: what is sent unbound shows that owner's rows.
 */
class EveryMethodIT {

    private static final Owner BOB = Owner.of("bob");
    private static final String READ = "select title from notes";
    private static final String WRITE = "insert into notes (title) values ('written')";

    /** Default methods of the interfaces that work with nothing but their arguments. */
    private static final Set<String> FREE =
            Set.of("enquoteLiteral", "enquoteIdentifier", "enquoteNCharLiteral", "isSimpleIdentifier");

    /** What statements are made with; the first one is no value for generated keys, which the driver refuses. */
    private static final Integer[] KINDS = {
        ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.CLOSE_CURSORS_AT_COMMIT
    };

    private static final Map<Class<?>, Object> PRIMITIVES = Map.of(
            int.class,
            1,
            long.class,
            1L,
            boolean.class,
            true,
            byte.class,
            (byte) 1,
            short.class,
            (short) 1,
            float.class,
            1f,
            double.class,
            1d);

    private static final List<Class<?>> LEADING_ON = List.of(
            Connection.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Array.class,
            PGConnection.class);

    private static final OwnerScope SCOPE = new OwnerScope(() -> null);
    private static HikariDataSource pool;
    private static BindingDataSource dataSource;

    @BeforeAll
    static void plant() {
        superuser("create function each_title() returns setof text language sql as 'select title from notes'");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.url());
        config.setMaximumPoolSize(1);
        config.setConnectionInitSql("set app.user_id = 'alice'");
        pool = new HikariDataSource(config);
        dataSource = new BindingDataSource(pool, SCOPE);
    }

    @AfterAll
    static void close() {
        pool.close();
        superuser("drop function each_title()");
        TestDatabase.deleteAllNotes();
    }

    @BeforeEach
    void fill() {
        TestDatabase.deleteAllNotes();
        superuser("insert into notes (owner_id, title) values ('alice', 'alices')");
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                of("connection", Connection.class, connection -> connection),
                of("statement", Statement.class, Connection::createStatement),
                of("query", PreparedStatement.class, connection -> connection.prepareStatement(READ)),
                of("update", PreparedStatement.class, connection -> connection.prepareStatement(WRITE)),
                of(
                        "update with keys",
                        PreparedStatement.class,
                        connection -> connection.prepareStatement(WRITE, new String[] {"title"})),
                of("batch", PreparedStatement.class, connection -> {
                    PreparedStatement batch = connection.prepareStatement(WRITE);
                    batch.addBatch();
                    batch.addBatch();
                    return batch;
                }),
                of("call", CallableStatement.class, connection -> connection.prepareCall("{call each_title()}")),
                of("rows", ResultSet.class, EveryMethodIT::rows),
                of("array", Array.class, connection -> rows(connection).getArray(2)),
                of("meta data", DatabaseMetaData.class, Connection::getMetaData));
    }

    private static Arguments of(String name, Class<?> type, Maker maker) {
        return Arguments.argumentSet(name, type, maker);
    }

    @ParameterizedTest
    @MethodSource("objects")
    void showsAndWritesNobodyElsesRows(Class<?> type, Maker maker) throws SQLException {
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            List<String> texts =
                    List.of(method.getParameterTypes()).contains(String.class) ? List.of(READ, WRITE) : List.of(READ);
            for (String sql : texts) {
                assertSafe(Optional.of(BOB), maker, method, sql);
                if (Statement.class.isAssignableFrom(type)) {
                    assertSafe(Optional.empty(), maker, method, sql);
                }
            }
        }
        assertThat(rowsOf("alice")).containsExactly("alices");
    }

    @ParameterizedTest
    @MethodSource("objects")
    void hasNoMethodOfALaterJdkThatIsPassedBy(Class<?> type, Maker maker) throws Exception {
        try (Connection connection = begun()) {
            Object object = SCOPE.runAs(BOB, () -> made(maker, connection));
            if (Proxy.isProxyClass(object.getClass())) {
                return; // Its handler sees all of them.
            }
            for (Method method : type.getMethods()) {
                Class<?> declaring = object.getClass()
                        .getMethod(method.getName(), method.getParameterTypes())
                        .getDeclaringClass();
                assertThat(FREE.contains(method.getName())
                                || declaring.getName().startsWith("dev.latchkey."))
                        .as(method.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void whenNobodyBindsThenThePlantedOwnerIsSeen() throws SQLException {
        try (Connection connection = pool.getConnection();
                ResultSet rows = connection.createStatement().executeQuery(READ)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("alices");
        }
    }

    private static void assertSafe(Optional<Owner> owner, Maker maker, Method method, String sql) throws SQLException {
        try (Connection connection = begun()) {
            Runnable use = () -> {
                Object object = made(maker, connection);
                look(call(object, method, sql, connection), method);
                if (object instanceof Statement statement) {
                    lookAtWhatIsLeftIn(statement, method);
                }
                commit(connection);
            };
            owner.ifPresentOrElse(bob -> SCOPE.runAs(bob, use), () -> SCOPE.unowned("test", use));
        }
    }

    private static void lookAtWhatIsLeftIn(Statement statement, Method method) {
        try {
            look(statement.getResultSet(), method);
            look(statement.getGeneratedKeys(), method);
            look(statement.getConnection(), method);
        } catch (SQLException closed) {
            // Nothing is left to look at.
        }
    }

    /** Nothing of the driver's or the pool's, and no way to it. */
    private static void look(@Nullable Object result, Method method) {
        for (Class<?> type : LEADING_ON) {
            if (type.isInstance(result)) {
                assertThat(Proxy.isProxyClass(result.getClass())
                                || result.getClass().getName().startsWith("dev.latchkey."))
                        .as("%s gives %s", method, result.getClass())
                        .isTrue();
            } else if (result instanceof Wrapper wrapper) {
                assertThatThrownBy(() -> wrapper.unwrap(type)).as("%s", method).isInstanceOf(SQLException.class);
            }
        }
        if (result instanceof ResultSet rows) {
            lookAtRows(rows, method);
        }
    }

    private static void lookAtRows(ResultSet rows, Method method) {
        try {
            look(rows.getStatement(), method);
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    assertThat(String.valueOf(rows.getString(column)))
                            .as("%s", method)
                            .doesNotContain("alices");
                    look(rows.getObject(column), method);
                }
            }
        } catch (SQLException closed) {
            // Nothing is left to look at.
        }
    }

    private static @Nullable Object call(Object object, Method method, String sql, Connection connection) {
        try {
            return method.invoke(object, arguments(method, sql, connection));
        } catch (InvocationTargetException refused) {
            assertThat(refused.getCause()).as("%s", method).isInstanceOf(Exception.class);
            return null;
        } catch (IllegalAccessException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Object[] arguments(Method method, String sql, Connection connection) throws SQLException {
        boolean makesStatement = Statement.class.isAssignableFrom(method.getReturnType());
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        int kind = 0;
        for (int i = 0; i < types.length; i++) {
            arguments[i] =
                    makesStatement && types[i] == int.class ? KINDS[kind++] : argument(types[i], sql, connection);
        }
        return arguments;
    }

    private static @Nullable Object argument(Class<?> type, String sql, Connection connection) throws SQLException {
        if (type == String.class || type == Object.class) {
            return sql;
        } else if (type.isPrimitive()) {
            return PRIMITIVES.get(type);
        } else if (type == int[].class) {
            return new int[] {1};
        } else if (type == String[].class) {
            return new String[] {"title"};
        } else if (type == Object[].class) {
            return new Object[] {"title"};
        } else if (type == Map.class) {
            return Map.of();
        } else if (type == Class.class) {
            return String.class;
        } else if (type == Properties.class) {
            return new Properties();
        } else if (type == Executor.class) {
            return (Executor) Runnable::run;
        } else if (type == SQLType.class) {
            return JDBCType.VARCHAR;
        } else if (type == InputStream.class) {
            return InputStream.nullInputStream();
        } else if (type == Reader.class) {
            return Reader.nullReader();
        } else if (type == Savepoint.class) {
            return connection.setSavepoint();
        }
        return null;
    }

    private static Connection begun() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static ResultSet rows(Connection connection) throws SQLException {
        ResultSet rows = connection
                .createStatement()
                .executeQuery(
                        "select coalesce((select title from notes limit 1), 'none'), array(select title from notes)");
        rows.next();
        return rows;
    }

    /** So that what was written to the wrong owner would stay. */
    private static void commit(Connection connection) {
        try {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException aborted) {
            assertThat(aborted.getSQLState()).startsWith("08");
        }
    }

    private static List<String> rowsOf(String owner) {
        return new JdbcTemplate(TestDatabase.superuser())
                .queryForList("select title from notes where owner_id = ?", String.class, owner);
    }

    private static void superuser(String sql) {
        new JdbcTemplate(TestDatabase.superuser()).execute(sql);
    }

    private static Object made(Maker maker, Connection connection) {
        try {
            return maker.from(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @FunctionalInterface
    private interface Maker {
        Object from(Connection connection) throws SQLException;
    }
}
