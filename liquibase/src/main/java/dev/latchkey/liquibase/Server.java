package dev.latchkey.liquibase;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** The Postgres server that the address names, and the application's database on it. */
final class Server {

    private final String url;
    private final String database;

    Server(String url) {
        this.url = url;
        String name = dataSource().getDatabaseName();
        if (name == null || name.isEmpty()) {
            throw new MigrationException("LATCHKEY_DB_URL names no database: jdbc:postgresql://host:port/latchkey");
        }
        this.database = name;
    }

    String database() {
        return database;
    }

    Connection connect(String user, String password) {
        return connect(database, user, password);
    }

    /** To the database that is on every server, which the application's own may not be yet. */
    Connection connectToMaintenance(String user, String password) {
        return connect("postgres", user, password);
    }

    private Connection connect(String name, String user, String password) {
        PGSimpleDataSource source = dataSource();
        source.setDatabaseName(name);
        source.setApplicationName("latchkey-migration");
        try {
            return source.getConnection(user, password);
        } catch (SQLException e) {
            throw new MigrationException(
                    "Cannot connect to database %s at %s:%d as %s: %s"
                            .formatted(
                                    name, source.getServerNames()[0], source.getPortNumbers()[0], user, OneLine.of(e)),
                    e);
        }
    }

    private PGSimpleDataSource dataSource() {
        var source = new PGSimpleDataSource();
        try {
            source.setURL(url);
        } catch (IllegalArgumentException e) {
            throw new MigrationException(
                    "LATCHKEY_DB_URL is not an address of the form jdbc:postgresql://host:port/latchkey", e);
        }
        return source;
    }
}
