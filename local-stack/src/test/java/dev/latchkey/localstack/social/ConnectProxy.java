package dev.latchkey.localstack.social;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP proxy that opens tunnels (RFC 9110 §9.3.6) to a few names, and all of them lead to the same server. */
final class ConnectProxy implements AutoCloseable {

    private static final Pattern CONNECT = Pattern.compile("CONNECT ([a-z0-9.]+):443 HTTP/1\\.[01]");

    private final Set<String> allowed;
    private final InetSocketAddress target;
    private final ExecutorService threads;
    private final ServerSocket listener;
    private final Set<String> visited = ConcurrentHashMap.newKeySet();

    ConnectProxy(Set<String> allowed, InetSocketAddress target, ExecutorService threads) throws IOException {
        this.allowed = allowed;
        this.target = target;
        this.threads = threads;
        listener = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    Set<String> visited() {
        return Set.copyOf(visited);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Matcher request = CONNECT.matcher(head(client.getInputStream()));
            if (!request.lookingAt() || !allowed.contains(request.group(1))) {
                answer(client, "403 Forbidden");
                return;
            }
            visited.add(request.group(1));
            try (Socket server = new Socket(target.getAddress(), target.getPort())) {
                answer(client, "200 Connection established");
                threads.execute(() -> copy(server, client));
                copy(client, server);
            }
        } catch (IOException e) {
            // One side has hung up; the other notices by itself.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > 8192) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void answer(Socket client, String status) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has hung up; the other notices by itself.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
