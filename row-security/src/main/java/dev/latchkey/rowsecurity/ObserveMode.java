package dev.latchkey.rowsecurity;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Whether SQL that names no owner is let through and logged instead of refused, because a database only observes what its policies would deny.
 * Off until a database says otherwise: whatever is let through, Postgres judges it by its own policies.
 */
public final class ObserveMode {

    private static final Log LOG = LogFactory.getLog(ObserveMode.class);

    /** What lies between the application and a refusal. */
    private static final Pattern NOT_THE_APPLICATION = Pattern.compile(
            "dev\\.latchkey\\.rowsecurity\\.(OwnerScope|ObserveMode|(binding|guard|cache|autoconfigure)\\.).*"
                    + "|(java|javax|jakarta|jdk|sun|com\\.sun|com\\.zaxxer|org\\.(springframework|hibernate|postgresql|apache|eclipse))\\..*|.*\\$\\$.*");

    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int LOCATIONS = 1_000;

    private final Set<Object> observing = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> reported = new ConcurrentHashMap<>();

    ObserveMode() {}

    /** Whether any database in use only observes. */
    public boolean isOn() {
        return !observing.isEmpty();
    }

    /**
     * Called by who asked a database.
     *
     * @param database stands for the database, by identity
     */
    public void learn(Object database, boolean observes) {
        boolean news = observes ? observing.add(database) : observing.remove(database);
        if (news && observes) {
            LOG.warn(
                    "Row security only observes: NOTHING IS ENFORCED. What would be refused is let through and logged");
        } else if (news) {
            LOG.info("Row security is enforced from now on");
        }
    }

    /** Throws the refusal, or logs it with the place in the code that has to change, once a minute for each place. */
    public void refuse(UnboundException refusal) {
        if (!isOn()) {
            throw refusal;
        }
        String location = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !NOT_THE_APPLICATION
                                .matcher(frame.getClassName())
                                .matches())
                        .findFirst()
                        .map(frame -> frame.toStackTraceElement().toString())
                        .orElse("a thread with none of the application's code"));
        long now = System.nanoTime();
        if (reported.size() >= LOCATIONS) {
            reported.clear();
        }
        Long before = reported.get(location);
        if (before == null || now - before > QUIET_NANOS) {
            reported.put(location, now);
            LOG.warn("Row security would refuse, at " + location + ": " + refusal.getMessage());
        }
    }
}
