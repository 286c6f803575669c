package dev.latchkey.api.snapshots;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** What operators see of snapshots: how many, how long, how large; never whose. */
@Component
final class SnapshotMetrics {

    private final Timer made;
    private final Timer notMade;
    private final Timer restored;
    private final Timer notRestored;
    private final DistributionSummary size;
    private final Counter mailed;
    private final Counter notMailed;

    SnapshotMetrics(MeterRegistry registry) {
        made = timer(registry, "latchkey.snapshots.made", "success");
        notMade = timer(registry, "latchkey.snapshots.made", "failure");
        restored = timer(registry, "latchkey.snapshots.restored", "success");
        notRestored = timer(registry, "latchkey.snapshots.restored", "failure");
        size = DistributionSummary.builder("latchkey.snapshots.size")
                .description("Archives that were made or uploaded")
                .baseUnit("bytes")
                .register(registry);
        mailed = mails(registry, "success");
        notMailed = mails(registry, "failure");
    }

    void made(boolean success, long nanos) {
        (success ? made : notMade).record(Duration.ofNanos(nanos));
    }

    void restored(boolean success, long nanos) {
        (success ? restored : notRestored).record(Duration.ofNanos(nanos));
    }

    void kept(long bytes) {
        size.record((double) bytes);
    }

    void mailed(boolean success) {
        (success ? mailed : notMailed).increment();
    }

    private static Counter mails(MeterRegistry registry, String outcome) {
        return Counter.builder("latchkey.snapshots.mails")
                .description("Mails that Keycloak was asked for because one is ready that took long")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String outcome) {
        return Timer.builder(name)
                .description("How long that took, from when it began")
                .tag("outcome", outcome)
                .register(registry);
    }
}
