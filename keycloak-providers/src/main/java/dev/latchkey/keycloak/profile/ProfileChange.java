package dev.latchkey.keycloak.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person changes in their own profile: a JSON merge patch (RFC 7396) of these attributes and no others. What is not named stays.
 *
 * @param values by attribute; an empty list removes it
 */
record ProfileChange(Map<String, List<String>> values) {

    static final Set<String> TEXTS = Set.of("display_name", "industry", "job_title");
    static final Set<String> SWITCHES = Set.of("email_consent", "onboarding_completed");

    /** @throws ProfileRefusedException naming the first field that is unknown or of the wrong type */
    static ProfileChange of(Map<String, @Nullable Object> patch) throws ProfileRefusedException {
        Map<String, List<String>> values = new HashMap<>();
        for (Map.Entry<String, @Nullable Object> change : patch.entrySet()) {
            values.put(change.getKey(), values(change.getKey(), change.getValue()));
        }
        return new ProfileChange(Map.copyOf(values));
    }

    private static List<String> values(String field, @Nullable Object value) throws ProfileRefusedException {
        if (!TEXTS.contains(field) && !SWITCHES.contains(field)) {
            throw new ProfileRefusedException(field, "unknown");
        }
        if (value == null) {
            return List.of();
        }
        if (TEXTS.contains(field) ? value instanceof String : value instanceof Boolean) {
            return List.of(value.toString());
        }
        throw new ProfileRefusedException(field, "type");
    }
}
