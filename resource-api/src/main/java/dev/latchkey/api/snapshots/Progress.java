package dev.latchkey.api.snapshots;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionException;

/** Counts rows and tells now and then how many, if there is a connection for it: each report is a transaction of its own. For one thread. */
final class Progress {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final LongConsumer report;
    private long done;
    private long reported = System.nanoTime();

    Progress(LongConsumer report) {
        this.report = report;
    }

    void done(long rows) {
        done += rows;
        if (System.nanoTime() - reported > INTERVAL) {
            try {
                report.accept(done);
            } catch (TransactionException e) {
                log.debug("No connection to tell of progress", e);
            }
            reported = System.nanoTime();
        }
    }

    long total() {
        return done;
    }
}
