package dev.latchkey.rowsecurity.guard;

import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** A real PgBouncer in transaction mode before the tests' Postgres, on loopback. */
final class PgBouncer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(10);

    private final Path directory;
    private final Process process;
    private final int port;

    /** @param servers connections to Postgres that all clients share */
    PgBouncer(int servers) {
        try {
            port = freePort();
            directory = Files.createTempDirectory("pgbouncer");
            Path settings = Files.writeString(directory.resolve("pgbouncer.ini"), settings(servers));
            List<String> command = new ArrayList<>(List.of(System.getProperty("latchkey.pgbouncer")));
            if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
                // It refuses to run as root.
                command.addAll(List.of("-u", "nobody"));
                directory.toFile().setExecutable(true, false);
                directory.toFile().setReadable(true, false);
            }
            command.add(settings.toString());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect. Its settings are those that the how-to asks for. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + TestDatabase.APP_ROLE
                + "&prepareThreshold=0";
    }

    private String settings(int servers) {
        return """
            [databases]
            postgres = host=127.0.0.1 port=%d user=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = %d
            max_client_conn = 100
            ignore_startup_parameters = extra_float_digits
            log_connections = 0
            log_disconnections = 0
            """
                .formatted(TestDatabase.port(), TestDatabase.APP_ROLE, port, servers);
    }

    private void awaitReady() throws IOException {
        Instant end = Instant.now().plus(START);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    String log = Files.readString(directory.resolve("log"));
                    close();
                    throw new IOException("PgBouncer did not start: " + log, e);
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            FileSystemUtils.deleteRecursively(directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
