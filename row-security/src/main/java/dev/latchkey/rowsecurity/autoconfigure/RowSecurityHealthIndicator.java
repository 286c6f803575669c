package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.doctor.Finding;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down on any finding. Shows codes only: objects and remedies would tell a stranger the schema. */
final class RowSecurityHealthIndicator extends AbstractHealthIndicator {

    /** Health may be asked for often and by anybody; an examination reads the whole catalogue. */
    private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();

    private final Checkup checkup;
    private final InMemoryDatabases inMemory;
    private @Nullable Result latest;

    RowSecurityHealthIndicator(Checkup checkup, InMemoryDatabases inMemory) {
        super("Row security could not be examined");
        this.checkup = checkup;
        this.inMemory = inMemory;
    }

    @Override
    protected synchronized void doHealthCheck(Health.Builder builder) {
        Result result = latest;
        if (result == null || System.nanoTime() - result.nanoTime > FRESH_NANOS) {
            result = new Result(codes(), System.nanoTime());
            latest = result;
        }
        if (result.codes.isEmpty()) {
            builder.up();
        } else {
            builder.down().withDetail("findings", result.codes);
        }
        if (!inMemory.isEmpty()) {
            builder.withDetail("unprotected", "in-memory database");
        }
    }

    private List<String> codes() {
        return checkup.examine().stream().map(Finding::code).distinct().toList();
    }

    private record Result(List<String> codes, long nanoTime) {}
}
