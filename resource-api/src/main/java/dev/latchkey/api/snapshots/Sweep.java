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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    /** What is younger may be somebody's work. */
    private static final Duration AGE = Duration.ofHours(1);

    /** Of an owner of whom nothing is known: a database that was lost, or is another one, shall not cost the archives. */
    private static final Duration AGE_WITHOUT_RECORDS = Duration.ofDays(30);

    private static final int AT_ONCE = 500;

    private final Drafts drafts;
    private final SnapshotStore store;
    private final SnapshotRecords records;
    private final OwnerScope scope;

    Sweep(Drafts drafts, SnapshotStore store, SnapshotRecords records, OwnerScope scope) {
        this.drafts = drafts;
        this.store = store;
        this.records = records;
        this.scope = scope;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void run() {
        Instant before = Instant.now().minus(AGE);
        drafts.discardFrom(before);
        List<SnapshotStore.Kept> some = new ArrayList<>();
        store.each(kept -> {
            if (!kept.at().isBefore(before)) {
                return;
            }
            boolean another = !some.isEmpty() && !some.get(0).owner().equals(kept.owner());
            if (another || some.size() == AT_ONCE) {
                deleteUnknown(some);
                some.clear();
            }
            some.add(kept);
        });
        if (!some.isEmpty()) {
            deleteUnknown(some);
        }
    }

    /** All of one owner. */
    private void deleteUnknown(List<SnapshotStore.Kept> some) {
        String owner = some.get(0).owner();
        scope.runAs(Owner.of(owner), () -> {
            Instant before = Instant.now().minus(records.any() ? AGE : AGE_WITHOUT_RECORDS);
            List<UUID> old = some.stream()
                    .filter(kept -> kept.at().isBefore(before))
                    .map(SnapshotStore.Kept::id)
                    .toList();
            Set<UUID> known = records.known(old);
            List<UUID> unknown = old.stream().filter(id -> !known.contains(id)).toList();
            unknown.forEach(id -> store.delete(owner, id));
            if (!unknown.isEmpty()) {
                log.info("Deleted archives that no record told of: {}", unknown.size());
            }
        });
    }
}
