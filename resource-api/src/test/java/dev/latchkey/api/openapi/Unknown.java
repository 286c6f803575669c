package dev.latchkey.api.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a request names that its operation does not have: it is refused, and not passed over. {@code owner_id} alone is ignored. */
final class Unknown {

    private static final String IGNORED = "owner_id";

    private final Documented documented;
    private final Attack attack;

    private Unknown(Documented documented, Attack attack) {
        this.documented = documented;
        this.attack = attack;
    }

    static boolean isIn(Documented documented, Attack attack) {
        Unknown unknown = new Unknown(documented, attack);
        String path = attack.target().split("\\?", 2)[0];
        return attack.method().equals(attack.call().name())
                && path.equals(attack.call().path(documented.document()))
                && (unknown.isInQuery() || unknown.isInBody());
    }

    /** Of lists: others take no parameters at all. */
    private boolean isInQuery() {
        Set<String> known = attack.call()
                .operation()
                .path("parameters")
                .valueStream()
                .map(documented::resolved)
                .filter(parameter -> parameter.path("in").stringValue().equals("query"))
                .map(parameter -> parameter.path("name").stringValue())
                .collect(Collectors.toSet());
        String[] parts = attack.target().split("\\?", 2);
        return !known.isEmpty()
                && parts.length == 2
                && Arrays.stream(parts[1].split("&"))
                        .map(parameter -> decoded(parameter.split("=", 2)[0]))
                        .anyMatch(name -> !name.isEmpty() && !name.equals(IGNORED) && !known.contains(name));
    }

    /** Nothing for what cannot be decoded, which is refused for that. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private boolean isInBody() {
        JsonNode content = attack.call().operation().at("/requestBody/content");
        if (attack.body() == null || content.isEmpty()) {
            return false;
        }
        JsonNode schema = content.iterator().next().path("schema");
        if (schema.isMissingNode()) {
            return false;
        }
        try {
            return documented.violations(schema, JsonMapper.shared().readTree(attack.body())).stream()
                    .anyMatch(error ->
                            error.getKeyword().equals("additionalProperties") && !IGNORED.equals(error.getProperty()));
        } catch (JacksonException e) {
            return false;
        }
    }
}
