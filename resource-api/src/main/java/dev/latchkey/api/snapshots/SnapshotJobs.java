package dev.latchkey.api.snapshots;

import dev.latchkey.api.correlation.Correlation;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Runs what takes longer than a request, for the owner who asked for it: a few at a time, since each needs two connections. */
@Component
final class SnapshotJobs implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(SnapshotJobs.class);

    private static final int AT_ONCE = 2;
    private static final int WAITING = 50;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING), work -> {
                Thread thread = new Thread(work, "snapshots");
                thread.setDaemon(true);
                return thread;
            });

    private final Map<UUID, Owner> underWay = new ConcurrentHashMap<>();

    /** Milliseconds since 1970. */
    private final Map<UUID, Long> waitingSince = new ConcurrentHashMap<>();

    private final OwnerScope scope;
    private final SnapshotRecords records;

    SnapshotJobs(OwnerScope scope, SnapshotRecords records, MeterRegistry registry) {
        this.scope = scope;
        this.records = records;
        TimeGauge.builder("latchkey.snapshots.waiting", this, TimeUnit.MILLISECONDS, SnapshotJobs::oldestWait)
                .description("How long the job has waited that has waited longest in this process; 0 if none waits")
                .register(registry);
    }

    /**
     * Runs the work in the background, on behalf of whoever is in scope now, if the caller's transaction is committed: what it records of
     * the work is there if and only if the work was taken.
     *
     * @throws ProblemException {@link ErrorCode#UNAVAILABLE} if too many wait already
     */
    void submit(UUID snapshot, Runnable work) {
        Owner owner = scope.current();
        CompletableFuture<Boolean> committed = committed();
        Runnable job = Correlation.wrap(() -> {
            waitingSince.remove(snapshot);
            try {
                if (committed.join()) {
                    scope.runAs(owner, work);
                }
            } finally {
                underWay.remove(snapshot);
            }
        });
        underWay.put(snapshot, owner);
        waitingSince.put(snapshot, System.currentTimeMillis());
        try {
            // Along with the caller, whose tier has limits.
            threads.execute(new DelegatingSecurityContextRunnable(job));
        } catch (RejectedExecutionException e) {
            underWay.remove(snapshot);
            waitingSince.remove(snapshot);
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
    }

    private static CompletableFuture<Boolean> committed() {
        CompletableFuture<Boolean> committed = new CompletableFuture<>();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                committed.complete(status == STATUS_COMMITTED);
            }
        });
        return committed;
    }

    /** Runs the work now, in this thread, and tells meanwhile that it is alive. */
    void run(UUID snapshot, Runnable work) {
        underWay.put(snapshot, scope.current());
        try {
            work.run();
        } finally {
            underWay.remove(snapshot);
        }
    }

    private double oldestWait() {
        long now = System.currentTimeMillis();
        return waitingSince.values().stream()
                .mapToLong(since -> now - since)
                .max()
                .orElse(0);
    }

    @Scheduled(fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void tellThatTheyAreAlive() {
        underWay.forEach((snapshot, owner) -> {
            try {
                scope.runAs(owner, () -> records.alive(snapshot));
            } catch (RuntimeException e) {
                log.warn("Could not tell that a snapshot is under way: {}", e.toString());
            }
        });
    }

    /** What is under way ends with the database's connections, and shows as interrupted. */
    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
