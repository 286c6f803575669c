package dev.latchkey.api.entitlement;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which tier would do. */
final class Refusal {

    private Refusal() {}

    /** @param tier null if none would */
    static ProblemException of(ErrorCode code, Map<String, Object> members, @Nullable String tier) {
        Map<String, Object> all = new LinkedHashMap<>(members);
        if (tier != null) {
            all.put("tier_required", tier);
        }
        return new ProblemException(code, all);
    }
}
