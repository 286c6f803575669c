package dev.latchkey.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.bootstrap.HttpRequester;
import org.apache.hc.core5.http.impl.bootstrap.RequesterBootstrap;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Calls programs over connections that stay open, one for each thread. */
final class Load implements AutoCloseable {

    private static final Timeout PATIENCE = Timeout.ofSeconds(30);

    private final int connections;
    private final List<Person> people;
    private final HttpRequester http;
    private final ExecutorService threads;

    Load(int connections, List<Person> people) {
        this.connections = connections;
        this.people = people;
        this.http = RequesterBootstrap.bootstrap()
                .setDefaultMaxPerRoute(connections)
                .setMaxTotal(connections * 8)
                .create();
        this.threads = Executors.newFixedThreadPool(connections);
    }

    /** As many as go, one after the other on each connection, for so long. */
    Block flood(Program program, Work work, double seconds) throws Exception {
        return run(program, work, seconds, 0);
    }

    /** Evenly at this rate. */
    Block pace(Program program, Work work, double seconds, double perSecond) throws Exception {
        return run(program, work, seconds, perSecond);
    }

    private Block run(Program program, Work work, double seconds, double perSecond) throws Exception {
        var host = new HttpHost("http", "localhost", program.port());
        // Servers close what was idle while others had their turn.
        http.closeIdle(TimeValue.ZERO_MILLISECONDS);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long gap = perSecond == 0 ? 0 : (long) (1e9 * connections / perSecond);
        List<Callable<Integer>> shares = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            long first = start + gap * i / connections;
            shares.add(() -> {
                int done = 0;
                for (long next = first; Math.max(next, System.nanoTime()) < end; next += gap) {
                    awaitTime(next);
                    call(host, work);
                    done++;
                }
                return done;
            });
        }
        int done = 0;
        for (Future<Integer> share : threads.invokeAll(shares)) {
            done += share.get();
        }
        return new Block(done, (System.nanoTime() - start) / 1e9);
    }

    private static void awaitTime(long nanoTime) {
        for (long rest = nanoTime - System.nanoTime(); rest > 0; rest = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private void call(HttpHost host, Work work) throws Exception {
        Person person = people.get(ThreadLocalRandom.current().nextInt(people.size()));
        ClassicHttpRequest request = work.request(person);
        request.setHeader("Authorization", "Bearer " + person.token());
        try (ClassicHttpResponse response = http.execute(host, request, PATIENCE, HttpCoreContext.create())) {
            if (response.getCode() != work.status()) {
                throw new IllegalStateException(work + " was answered " + response.getCode() + ": "
                        + EntityUtils.toString(response.getEntity()));
            }
            EntityUtils.consume(response.getEntity());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.close(org.apache.hc.core5.io.CloseMode.GRACEFUL);
    }

    /** What came of one turn of a program. */
    record Block(int requests, double seconds) {

        double perSecond() {
            return requests / seconds;
        }
    }
}
