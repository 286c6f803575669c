package dev.latchkey.api.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between the API and Postgres and counts what really crosses the wire, whichever library sent it. */
public final class WireTap {

    private final ServerSocket door;
    private final int upstream;
    private final AtomicInteger roundTrips = new AtomicInteger();
    private volatile boolean broken;
    private final List<Socket> open = new ArrayList<>();

    public WireTap(int upstream) {
        this.upstream = upstream;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> {
            while (true) {
                serve(door.accept());
            }
        });
    }

    public int port() {
        return door.getLocalPort();
    }

    /** How often the API sent something and waited for the answer while {@code work} ran. Only one connection may be in use. */
    public int roundTrips(Runnable work) {
        int before = roundTrips.get();
        work.run();
        return roundTrips.get() - before;
    }

    /** Cuts every connection, and refuses new ones until it is mended. */
    public synchronized void broken(boolean isBroken) throws IOException {
        broken = isBroken;
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    private synchronized void serve(Socket client) throws IOException {
        if (broken) {
            client.close();
            return;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        // A round trip begins when the client speaks after the server did.
        AtomicInteger lastSpeaker = new AtomicInteger();
        start(() -> pump(client, server, () -> {
            if (lastSpeaker.getAndSet(1) != 1) {
                roundTrips.incrementAndGet();
            }
        }));
        start(() -> pump(server, client, () -> lastSpeaker.set(2)));
    }

    private static Void pump(Socket from, Socket to, Runnable onData) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                onData.run();
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // Either side closed: so does the other.
        }
        return null;
    }

    private static void start(Callable<Void> loop) {
        var thread = new Thread(
                () -> {
                    try {
                        loop.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                "wire-tap");
        thread.setDaemon(true);
        thread.start();
    }
}
