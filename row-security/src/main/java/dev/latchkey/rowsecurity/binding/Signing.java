package dev.latchkey.rowsecurity.binding;

import java.time.Duration;

/**
 * How bindings are signed, so that SQL injected into the application cannot make one for somebody else.
 *
 * @param key with which; the database has to hold it
 * @param backendPid whether a binding is good on its own server process only: yes, unless a pooler such as PgBouncer stands between
 * @param lifetime how long after it was made a transaction may begin with it; above the difference of the clocks of application and
 *     database, at least a second
 */
public record Signing(BindingKey key, boolean backendPid, Duration lifetime) {

    /** Enough for clocks that are set by NTP. */
    public static final Duration LIFETIME = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException if the lifetime is too short */
    public Signing {
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("Signed bindings live for a second or longer");
        }
    }

    /** For connections that go to the server directly. */
    public static Signing with(BindingKey key) {
        return new Signing(key, true, LIFETIME);
    }
}
