package dev.latchkey.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Postgres as a process of this machine, with passwords required and its data kept. */
final class PostgresServer implements Postgres {

    private static final String PART = "Postgres";
    private static final String SUPERUSER = "postgres";

    private final int port;

    private PostgresServer(int port) {
        this.port = port;
    }

    static PostgresServer start(StackSettings settings, ChildProcesses children, Progress progress)
            throws IOException, InterruptedException {
        PostgresBinaries binaries = PostgresBinaries.unpack(new Cache(settings.cache()), progress);
        Path data = settings.data().resolve("postgres");
        requireSameMajorVersion(data);
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialize(settings, binaries, data, children, progress);
        }
        PostgresServer server = new PostgresServer(settings.ports().postgres());
        Progress.Step step = progress.step(PART, "starting on port " + server.port);
        ChildProcess process = children.start("postgres", serverCommand(settings, binaries, data), Map.of());
        // SIGTERM would wait for every client (a forgotten psql), and Windows knows no signals: pg_ctl ends it fast.
        process.stopWith(binaries.command("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-W"));
        new Readiness(PART, settings.patience(), step)
                .await(process, () -> server.accepts(settings.secrets().superuser()));
        children.rememberFamily(process);
        step.done("ready");
        return server;
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    private boolean accepts(String password) {
        try (var connection = DriverManager.getConnection(jdbcUrl("postgres"), SUPERUSER, password)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            if ("28P01".equals(e.getSQLState())) { // invalid_password
                throw new StartFailure(
                        "The kept database does not accept the superuser's password: start on empty data with `mvn -Pfresh`.",
                        e);
            }
            return false;
        }
    }

    private static List<String> serverCommand(StackSettings settings, PostgresBinaries binaries, Path data) {
        List<String> command = new ArrayList<>(binaries.command("postgres", "-D", data.toString()));
        Map<String, String> options = Map.of(
                "port", Integer.toString(settings.ports().postgres()),
                "listen_addresses", "localhost",
                "unix_socket_directories", "", // the default, /tmp, is shared with other servers
                "timezone", "UTC",
                "log_timezone", "UTC",
                "fsync", settings.durable() ? "on" : "off");
        options.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private static void initialize(
            StackSettings settings, PostgresBinaries binaries, Path data, ChildProcesses children, Progress progress)
            throws IOException, InterruptedException {
        Directories.delete(data); // half made
        Files.createDirectories(data.getParent());
        Progress.Step step = progress.step(PART, "creating an empty database");
        Path password = Files.createTempFile(data.getParent(), "superuser", ".txt");
        try {
            Files.writeString(password, settings.secrets().superuser());
            // The built-in C.UTF-8 sorts alike on every system, whichever locales that has.
            ChildProcess initdb = children.run(
                    "initdb",
                    binaries.command(
                            "initdb",
                            "--pgdata=" + data,
                            "--username=" + SUPERUSER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--no-locale",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8"),
                    Map.of(),
                    step);
            if (initdb.exitCode() != 0) {
                throw new StartFailure("Postgres cannot create its database in %s: %s. Its log: %s"
                        .formatted(data, LogCause.in(initdb.log()), initdb.log()));
            }
        } finally {
            Files.delete(password);
        }
        step.done("created");
    }

    private static void requireSameMajorVersion(Path data) throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (!Files.exists(version)) {
            return;
        }
        String kept = Files.readString(version).strip();
        if (!Versions.postgres().startsWith(kept + ".")) {
            throw new StartFailure(
                    "The kept data is of Postgres %s, but this checkout runs %s: start on empty data with `mvn -Pfresh`."
                            .formatted(kept, Versions.postgres()));
        }
    }
}
