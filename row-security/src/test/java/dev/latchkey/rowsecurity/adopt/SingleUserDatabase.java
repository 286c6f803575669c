package dev.latchkey.rowsecurity.adopt;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases with the schema of an application for one user, which knows nothing of row security, and 100,000 rows. */
public final class SingleUserDatabase {

    public static final String OWNER = "legacy_app";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private final String name = "adopt_" + NUMBER.incrementAndGet();

    private SingleUserDatabase() {}

    /** A copy of its own for a test. */
    public static SingleUserDatabase create() throws SQLException {
        var database = new SingleUserDatabase();
        try (Connection connection = POSTGRES.getPostgresDatabase().getConnection()) {
            execute(connection, "create database " + database.name + " template single_user");
        }
        return database;
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
                execute(connection, "create role " + OWNER + " login");
                execute(connection, "create database single_user owner " + OWNER);
            }
            try (Connection connection =
                    postgres.getDatabase(OWNER, "single_user").getConnection()) {
                execute(connection, Resource.text("single-user.sql"));
            }
            return postgres;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Connection connectAs(String role) throws SQLException {
        return POSTGRES.getDatabase(role, name).getConnection();
    }

    public String url(String role) {
        return POSTGRES.getJdbcUrl(role, name);
    }

    /** As the superuser. */
    List<String> texts(String sql) throws SQLException {
        try (Connection connection = connectAs("postgres")) {
            return texts(connection, sql);
        }
    }

    static List<String> texts(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /** As the superuser. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connectAs("postgres")) {
            execute(connection, sql);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Not there before it is adopted. Roles belong to the whole server, so each database has its own. */
    public String appRole() {
        return name + "_app";
    }

    /** All that makes the schema what it is, one thing a line. */
    public List<String> schema() throws SQLException {
        return texts(Resource.text("snapshot.sql"));
    }

    /** What is there and should not be, and the other way round. */
    public static List<String> difference(List<String> expected, List<String> actual) {
        List<String> difference = new ArrayList<>();
        expected.stream().filter(line -> !actual.contains(line)).forEach(line -> difference.add("missing " + line));
        actual.stream().filter(line -> !expected.contains(line)).forEach(line -> difference.add("surplus " + line));
        return difference;
    }

    /** Counts and sums of all rows, whatever columns were added. */
    List<String> rows() throws SQLException {
        return texts("""
                select 'threads ' || md5(string_agg(concat_ws(',', id, user_id, name, language, parent_id, created_at, updated_at), ';' order by id)) from threads union all
                select 'sessions ' || md5(string_agg(concat_ws(',', id, user_id, thread_id, state, token, updated_at), ';' order by id)) from sessions union all
                select 'events ' || md5(string_agg(concat_ws(',', id, user_id, thread_id, session_id, body, updated_at), ';' order by id)) from events union all
                select 'snapshots ' || md5(string_agg(concat_ws(',', thread_id, version, user_id, data), ';' order by thread_id, version)) from snapshots union all
                select 'queue ' || md5(string_agg(concat_ws(',', id, user_id, queue, thread_id, "Position"), ';' order by id)) from "Queue positions\"""");
    }
}
