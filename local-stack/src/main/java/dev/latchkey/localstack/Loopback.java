package dev.latchkey.localstack;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One small HTTP server on every address that {@code localhost} stands for, and on no other. */
public final class Loopback implements AutoCloseable {

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "loopback-http");
        thread.setDaemon(true);
        return thread;
    });

    public Loopback(int port, HttpHandler handler) throws IOException {
        try {
            for (InetAddress address : addresses()) {
                HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
                servers.add(server);
                server.setExecutor(threads);
                server.createContext("/", handler);
                server.start();
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What {@code localhost} stands for and can be used: containers name ::1 in their hosts file and have no IPv6. */
    static List<InetAddress> addresses() {
        try {
            return Arrays.stream(InetAddress.getAllByName("localhost"))
                    .filter(Loopback::isUsable)
                    .toList();
        } catch (UnknownHostException e) {
            throw new StartFailure(
                    "This machine does not know the name localhost: add \"127.0.0.1 localhost\" to its hosts file.", e);
        }
    }

    private static boolean isUsable(InetAddress address) {
        try (ServerSocket any = new ServerSocket(0, 1, address)) {
            return any.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
