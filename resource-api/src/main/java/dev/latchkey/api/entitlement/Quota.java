package dev.latchkey.api.entitlement;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A limit of the caller's tier.
 *
 * @param name of what is counted: a table, or {@code snapshots}
 * @param limit how many there can be, from 0
 * @param tierRequired the lowest higher tier that has more; null if none has
 */
public record Quota(String name, long limit, @Nullable String tierRequired) {

    /** 403 {@code quota_exceeded}, which names all of this. */
    public ProblemException exceeded() {
        return Refusal.of(ErrorCode.QUOTA_EXCEEDED, Map.of("quota", name, "limit", limit), tierRequired);
    }
}
