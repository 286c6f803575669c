package dev.latchkey.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a server that listens on one address of {@code localhost} reachable on the others. Keycloak and Tomcat open
 * 127.0.0.1 alone, and some programs (Node.js 18, for one) try nothing but ::1 where the hosts file names it.
 */
final class LoopbackRelay implements AutoCloseable {

    private final List<ServerSocket> listeners = new ArrayList<>();

    /** Relays from every address of {@code localhost} but the first, which is the one that servers open. */
    static LoopbackRelay of(int port) throws IOException {
        List<InetAddress> addresses = Loopback.addresses();
        return new LoopbackRelay(
                new InetSocketAddress(addresses.get(0), port),
                addresses.stream()
                        .skip(1)
                        .map(address -> new InetSocketAddress(address, port))
                        .toList());
    }

    LoopbackRelay(InetSocketAddress target, List<InetSocketAddress> entrances) throws IOException {
        for (InetSocketAddress entrance : entrances) {
            ServerSocket listener = new ServerSocket();
            listeners.add(listener);
            listener.bind(entrance);
            thread(() -> accept(listener, target));
        }
    }

    private static void accept(ServerSocket listener, InetSocketAddress target) {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                thread(() -> serve(client, target));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void serve(Socket client, InetSocketAddress target) {
        try (client;
                Socket server = new Socket(target.getAddress(), target.getPort())) {
            thread(() -> copy(server, client));
            copy(client, server);
        } catch (IOException e) {
            // Nobody listens behind, or one side has hung up: the other notices by itself.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has hung up: the other notices by itself.
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "loopback-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
    }
}
