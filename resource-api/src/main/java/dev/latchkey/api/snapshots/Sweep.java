package dev.latchkey.api.snapshots;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Clears away what a process left that died half-way: drafts, and archives that no record tells of. An archive is kept before its record
 * says so and deleted after it, so that a record never promises what is not there. No record is read but on behalf of its owner, whom the
 * archive's name tells.
 */
@Component
final class Sweep {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    /** What is younger may be the work of another process. */
    private static final Duration AGE_OF_DRAFTS = Duration.ofDays(1);

    /** Of an owner of whom nothing is known: a database that was lost, or is another one, shall not cost the archives. */
    private static final Duration AGE_WITHOUT_RECORDS = Duration.ofDays(30);

    private static final int AT_ONCE = 500;

    private final Drafts drafts;
    private final SnapshotStore store;
    private final SnapshotRecords records;
    private final OwnerScope scope;
    private final Duration age;

    Sweep(Drafts drafts, SnapshotStore store, SnapshotRecords records, OwnerScope scope, SnapshotSettings settings) {
        this.drafts = drafts;
        this.store = store;
        this.records = records;
        this.scope = scope;
        age = settings.sweepAfter();
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    Swept run() {
        int discarded = drafts.discardFrom(Instant.now().minus(AGE_OF_DRAFTS));
        var deleted = new AtomicInteger();
        var failed = new AtomicInteger();
        if (!age.isZero()) {
            deleteUnknown(Instant.now().minus(age), deleted, failed);
        }
        if (deleted.get() > 0) {
            log.info("Deleted archives that no record told of: {}", deleted);
        }
        return new Swept(discarded, deleted.get(), failed.get());
    }

    private void deleteUnknown(Instant before, AtomicInteger deleted, AtomicInteger failed) {
        List<SnapshotStore.Kept> some = new ArrayList<>();
        store.each(kept -> {
            if (!kept.at().isBefore(before)) {
                return;
            }
            boolean another = !some.isEmpty() && !some.get(0).owner().equals(kept.owner());
            if (another || some.size() == AT_ONCE) {
                deleteUnknown(some, deleted, failed);
                some.clear();
            }
            some.add(kept);
        });
        if (!some.isEmpty()) {
            deleteUnknown(some, deleted, failed);
        }
    }

    /** All of one owner. */
    private void deleteUnknown(List<SnapshotStore.Kept> some, AtomicInteger deleted, AtomicInteger failed) {
        String owner = some.get(0).owner();
        scope.runAs(Owner.of(owner), () -> {
            Instant before = Instant.now().minus(records.any() ? age : AGE_WITHOUT_RECORDS);
            List<UUID> old = some.stream()
                    .filter(kept -> kept.at().isBefore(before))
                    .map(SnapshotStore.Kept::id)
                    .toList();
            Set<UUID> known = records.known(old);
            old.stream().filter(id -> !known.contains(id)).forEach(id -> {
                try {
                    store.delete(owner, id);
                    deleted.incrementAndGet();
                } catch (RuntimeException e) {
                    // One that cannot be deleted shall not keep all others.
                    failed.incrementAndGet();
                    log.warn(
                            "An archive that no record tells of cannot be deleted: {}",
                            NestedExceptionUtils.getMostSpecificCause(e)
                                    .getClass()
                                    .getName());
                }
            });
        });
    }

    /**
     * What was cleared away.
     *
     * @param drafts files of uploads and of archives in the making
     * @param archives that no record told of
     * @param failed archives of these that could not be deleted, and are tried again
     */
    record Swept(int drafts, int archives, int failed) {}
}
