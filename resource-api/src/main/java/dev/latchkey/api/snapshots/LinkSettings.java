package dev.latchkey.api.snapshots;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * See docs/reference/configuration.md.
 *
 * @param key seals links; empty if there are none
 * @param lifetime of a link, whole hours
 * @param mailAfter how long a snapshot takes at least of which a mail tells
 */
@ConfigurationProperties("latchkey.snapshots.links")
record LinkSettings(String key, Duration lifetime, Duration mailAfter) {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** @throws IllegalArgumentException for a lifetime that is not 1 hour to 7 days, or less than no time to wait */
    LinkSettings {
        if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("LATCHKEY_SNAPSHOT_LINK_LIFETIME is 1h to 7d.");
        }
        if (mailAfter.isNegative()) {
            throw new IllegalArgumentException("LATCHKEY_SNAPSHOT_MAIL_AFTER is 0s or more.");
        }
    }
}
