package dev.latchkey.api.token;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key that a token is bound to: claim {@code cnf} (RFC 7800 §3.1), member {@code jkt} (RFC 9449 §6.1). */
final class Confirmation {

    static final String CLAIM = "cnf";

    private static final String THUMBPRINT = "jkt";

    /**
     * Keycloak 26.7 adds its own member. Any other names a proof that is not checked here, such as a client certificate, and a token
     * must not be believed without it.
     */
    private static final Set<String> MEMBERS = Set.of(THUMBPRINT, "kc-jkt-type");

    /** SHA-256 as base64url without padding (RFC 7638 §3). */
    private static final Pattern THUMBPRINT_FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private Confirmation() {}

    /** Null when the claim names no key, or not a key alone. */
    static @Nullable String thumbprint(@Nullable Object claim) {
        return claim instanceof Map<?, ?> confirmation
                        && MEMBERS.containsAll(confirmation.keySet())
                        && confirmation.get(THUMBPRINT) instanceof String thumbprint
                        && THUMBPRINT_FORM.matcher(thumbprint).matches()
                ? thumbprint
                : null;
    }
}
