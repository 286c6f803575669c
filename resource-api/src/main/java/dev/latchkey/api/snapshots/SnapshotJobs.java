package dev.latchkey.api.snapshots;

import dev.latchkey.api.correlation.Correlation;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import java.util.Map;
import java.util.UUID;
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
    private final OwnerScope scope;
    private final SnapshotRecords records;

    SnapshotJobs(OwnerScope scope, SnapshotRecords records) {
        this.scope = scope;
        this.records = records;
    }

    /**
     * Runs the work in the background, on behalf of whoever is in scope now.
     *
     * @throws ProblemException {@link ErrorCode#UNAVAILABLE} if too many wait already
     */
    void submit(UUID snapshot, Runnable work) {
        Owner owner = scope.current();
        Runnable job = Correlation.wrap(() -> {
            try {
                scope.runAs(owner, work);
            } finally {
                underWay.remove(snapshot);
            }
        });
        underWay.put(snapshot, owner);
        try {
            // Along with the caller, whose tier has limits.
            threads.execute(new DelegatingSecurityContextRunnable(job));
        } catch (RejectedExecutionException e) {
            underWay.remove(snapshot);
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
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
