package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Makes a snapshot of each owner who is due, one after the other, and forgets the oldest of those. Several replicas share the work. Who has
 * changed nothing since the last snapshot needs none.
 */
@Component
final class ScheduledSnapshots {

    private static final Logger log = LoggerFactory.getLogger(ScheduledSnapshots.class);

    private final Schedule schedule;
    private final SnapshotRecords records;
    private final SnapshotJobs jobs;
    private final Making making;
    private final SnapshotStore store;
    private final OwnerScope scope;
    private final Duration every;
    private final int kept;

    ScheduledSnapshots(
            Schedule schedule,
            SnapshotRecords records,
            SnapshotJobs jobs,
            Making making,
            SnapshotStore store,
            OwnerScope scope,
            SnapshotSettings settings) {
        this.schedule = schedule;
        this.records = records;
        this.jobs = jobs;
        this.making = making;
        this.store = store;
        this.scope = scope;
        this.every = settings.every();
        this.kept = settings.keep();
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void run() {
        if (every.isZero()) {
            return;
        }
        for (Optional<String> due = take(); due.isPresent(); due = take()) {
            Owner owner = Owner.of(due.get());
            try {
                scope.runAs(owner, () -> make(owner));
            } catch (RuntimeException e) {
                // The next replica tries it in a quarter of an hour; others do not wait for it.
                log.warn("A scheduled snapshot was not made", e);
            }
        }
    }

    private Optional<String> take() {
        return scope.unowned("finds an owner who is due", schedule::take);
    }

    private void make(Owner owner) {
        if (records.isChanged()) {
            try {
                UUID id = records.startScheduled();
                jobs.run(id, () -> making.make(id));
            } catch (ProblemException e) {
                if (e.code() != ErrorCode.SNAPSHOT_UNDER_WAY) {
                    throw e;
                }
                return;
            }
            records.forgetOldScheduled(kept).forEach(old -> store.delete(owner.id(), old));
        }
        schedule.next(every);
    }
}
