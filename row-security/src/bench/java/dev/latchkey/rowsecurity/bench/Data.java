package dev.latchkey.rowsecurity.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.binding.BindingKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.LoggerFactory;

/** A Postgres with the same 100,000 rows of 100 owners twice: in {@code notes} under row security, and in {@code plain} without. */
final class Data implements AutoCloseable {

    static final int OWNERS = 100;
    static final int ROWS_EACH = 1_000;
    static final String KEY = "a key of this benchmark and of nothing else";

    static {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    }

    private final EmbeddedPostgres postgres;

    Data() throws IOException, SQLException {
        // Durability would measure the disk, which is the same for everybody.
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("max_connections", "200")
                .start();
        execute(app());
        execute("""
                create role bench login;
                create function note_id(owner int, n int) returns uuid language sql immutable
                  return (lpad(to_hex(owner), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;
                create table notes (id uuid not null, title text not null, updated_at timestamptz not null default now());
                select app.protect('notes', 'bench');
                create table plain (
                  owner_id text not null, id uuid not null, title text not null, updated_at timestamptz not null default now(),
                  primary key (owner_id, id));
                create index on plain (owner_id, updated_at desc, id);
                grant select, insert on plain to bench;
                insert into plain
                  select 'owner-' || o, note_id(o, n), 'a title of usual length', now() - make_interval(secs => n)
                  from generate_series(0, 99) o, generate_series(0, 999) n;
                insert into notes (owner_id, id, title, updated_at) select owner_id, id, title, updated_at from plain;
                vacuum analyze plain; vacuum analyze notes""");
    }

    private static String app() throws IOException {
        try (InputStream app = Data.class.getResourceAsStream("/dev/latchkey/rowsecurity/changelog/app.sql")) {
            return new String(app.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** From now on the database believes signed bindings only. */
    void demandSignatures() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement add = connection.prepareStatement("select app.add_binding_key(?)")) {
            add.setBytes(1, BindingKey.of(KEY).secret());
            add.execute();
        }
    }

    int port() {
        return postgres.getPort();
    }

    HikariDataSource pool(int port, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:%d/postgres".formatted(port));
        config.setUsername("bench");
        config.setMaximumPoolSize(size);
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    static String someOwner() {
        return "owner-" + ThreadLocalRandom.current().nextInt(OWNERS);
    }

    static UUID someId(String owner) {
        long number = Long.parseLong(owner.substring("owner-".length()));
        return new UUID(
                number << 32 | 0x4000L, 0x8000L << 48 | ThreadLocalRandom.current().nextInt(ROWS_EACH));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String part : sql.contains("vacuum") ? sql.split(";\\s*(?=vacuum)") : new String[] {sql}) {
                statement.execute(part);
            }
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
