package dev.latchkey.journey;

import dev.latchkey.localstack.StackSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Locks in Keycloak's database, held until closed: requests that a test sends meanwhile meet there, and go on at once. */
final class HeldRows implements AutoCloseable {

    private final Connection database;

    /** @param lock a statement that takes locks */
    HeldRows(StackSettings settings, String lock) throws SQLException {
        database = DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + settings.ports().postgres() + "/keycloak",
                "postgres",
                settings.secrets().superuser());
        database.setAutoCommit(false);
        try (var statement = database.createStatement()) {
            statement.execute(lock);
        }
    }

    /** How many of Keycloak's transactions wait, for these locks or for each other. */
    int waiting() throws SQLException {
        try (var statement = database.createStatement();
                ResultSet count = statement.executeQuery(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")) {
            count.next();
            return count.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        database.rollback();
        database.close();
    }
}
