package dev.latchkey.api.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between the API and a server, counts what really crosses the wire, whichever library sent it, and breaks it. */
public final class WireTap {

    private final ServerSocket door;
    private final int upstream;
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<Held> held = new AtomicReference<>(new Held("nothing", new CountDownLatch(0)));
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

    /** Cuts the connection on which the server has sent so many bytes from now on, all connections together. */
    public void cutAfter(long bytes) {
        left.set(bytes);
    }

    /** Keeps back whatever the API says that begins so, until it is told to go on. */
    public void hold(String beginning) {
        held.set(new Held(beginning, new CountDownLatch(1)));
    }

    public void goOn() {
        held.get().end().countDown();
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
        start(() -> pump(client, server, (said, n) -> {
            held.get().await(said, n);
            if (lastSpeaker.getAndSet(1) != 1) {
                roundTrips.incrementAndGet();
            }
            return n;
        }));
        start(() -> pump(server, client, (said, n) -> {
            lastSpeaker.set(2);
            return (int) Math.max(0, Math.min(n, left.getAndAdd(-n)));
        }));
    }

    /** @param passed how many of so many bytes go on; with fewer than all it ends */
    private static Void pump(Socket from, Socket to, Passage passed) throws InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int through = passed.of(buffer, n);
                out.write(buffer, 0, through);
                if (through < n) {
                    return null;
                }
            }
        } catch (IOException e) {
            // Either side closed: so does the other.
        }
        return null;
    }

    private interface Passage {
        int of(byte[] said, int n) throws InterruptedException;
    }

    private record Held(String beginning, CountDownLatch end) {
        void await(byte[] said, int n) throws InterruptedException {
            if (new String(said, 0, n, StandardCharsets.ISO_8859_1).startsWith(beginning)) {
                end.await();
            }
        }
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
