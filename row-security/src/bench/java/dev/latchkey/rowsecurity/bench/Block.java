package dev.latchkey.rowsecurity.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * What some threads got done within a short time.
 *
 * @param perSecond transactions
 * @param nanos how long each transaction took, sorted
 * @param cpuNanos of the client, for each transaction
 * @param bytes allocated by the client, for each transaction
 */
record Block(double perSecond, long[] nanos, double cpuNanos, double bytes) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Block run(Contender contender, Work work, ExecutorService executor, int threads, long millis)
            throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        long end = began + millis * 1_000_000;
        List<Callable<Share>> shares = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            shares.add(() -> share(contender, work, end));
        }
        List<Share> done = new ArrayList<>();
        for (Future<Share> share : executor.invokeAll(shares)) {
            done.add(share.get());
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] nanos = done.stream().flatMapToLong(share -> Arrays.stream(share.nanos)).sorted().toArray();
        return new Block(
                nanos.length / seconds,
                nanos,
                done.stream().mapToLong(Share::cpuNanos).sum() / (double) nanos.length,
                done.stream().mapToLong(Share::bytes).sum() / (double) nanos.length);
    }

    private static Share share(Contender contender, Work work, long end) throws Exception {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long[] nanos = new long[1_024];
        int count = 0;
        for (long now = System.nanoTime(); now < end || count == 0; ) {
            contender.run(work, Data.someOwner());
            long then = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = then - now;
            now = then;
        }
        return new Share(
                Arrays.copyOf(nanos, count),
                THREADS.getCurrentThreadCpuTime() - cpu,
                THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }

    private record Share(long[] nanos, long cpuNanos, long bytes) {}
}
