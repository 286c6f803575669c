package dev.latchkey.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The ports of the stack, all on {@code localhost} only. */
public record Ports(int api, int keycloak, int postgres, int social, int mail, int smtp) {

    private static final String API = "LATCHKEY_API_PORT";
    private static final String KEYCLOAK = "LATCHKEY_KEYCLOAK_PORT";
    private static final String POSTGRES = "LATCHKEY_POSTGRES_PORT";
    private static final String SOCIAL = "LATCHKEY_SOCIAL_PORT";
    private static final String MAIL = "LATCHKEY_MAIL_PORT";
    private static final String SMTP = "LATCHKEY_SMTP_PORT";

    static Ports from(Map<String, String> environment) {
        return new Ports(
                port(environment, API, 8080),
                port(environment, KEYCLOAK, 8180),
                port(environment, POSTGRES, 15432),
                port(environment, SOCIAL, 8190),
                port(environment, MAIL, 8191),
                port(environment, SMTP, 8192));
    }

    /** Ports that nobody uses now. All are held until all are known, so that no two are alike. */
    public static Ports free() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getByName("localhost")));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            return new Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), ports.get(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (ServerSocket socket : held) {
                close(socket);
            }
        }
    }

    /** A port that nobody uses now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tries each port.
     *
     * @throws StartFailure naming the first port that is taken, or given twice, and its variable
     */
    void requireFree() {
        Map<Integer, String> seen = new HashMap<>();
        requireFree(postgres, "Postgres", POSTGRES, seen);
        requireFree(keycloak, "Keycloak", KEYCLOAK, seen);
        requireFree(api, "the API", API, seen);
        requireFree(social, "the Google and GitHub stand-in", SOCIAL, seen);
        requireFree(mail, "the mail view", MAIL, seen);
        requireFree(smtp, "the mail server", SMTP, seen);
    }

    private static void requireFree(int port, String part, String variable, Map<Integer, String> seen) {
        String other = seen.put(port, variable);
        if (other != null) {
            throw new StartFailure(
                    "%s and %s are both %d: give each a port of its own.".formatted(other, variable, port));
        }
        for (InetAddress address : Loopback.addresses()) {
            try (ServerSocket socket = new ServerSocket()) {
                // Windows lets two listeners share a port when this is on; elsewhere it only forgives TIME_WAIT.
                socket.setReuseAddress(!windows());
                socket.bind(new InetSocketAddress(address, port));
            } catch (IOException e) {
                throw new StartFailure(
                        "Port %d, which %s needs, cannot be opened (%s): stop the program that has it or set %s to a free port."
                                .formatted(port, part, e.getMessage(), variable),
                        e);
            }
        }
    }

    private static int port(Map<String, String> environment, String variable, int byDefault) {
        String value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            return byDefault;
        }
        try {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number out of range.
        }
        throw new StartFailure("%s is \"%s\", but a port is a number from 1 to 65535.".formatted(variable, value));
    }

    private static boolean windows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
