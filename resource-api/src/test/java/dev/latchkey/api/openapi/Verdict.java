package dev.latchkey.api.openapi;

import dev.latchkey.api.openapi.RawHttp.Reply;
import dev.latchkey.api.problem.ErrorCode;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether an answer is one that the document allows, and tells nothing that it should not. */
final class Verdict {

    private static final Pattern INSIDE = Pattern.compile(
            "(?i)exception|\\bat [\\w.$]+\\(|\\b(java|jakarta|org|tools|com|dev)\\.[a-z]+\\.|sql|hibernate|jackson|postgres|tomcat|servlet"
                    + "|\\bselect |\\brelation\\b|duplicate key|enum constant");

    private static final Map<String, ErrorCode> CODES =
            Arrays.stream(ErrorCode.values()).collect(Collectors.toMap(ErrorCode::code, code -> code));

    /** Of requests that are no good HTTP, or another method: said of no operation. */
    private static final Set<Integer> OF_ANY_REQUEST =
            Set.of(400, 403, 404, 405, 408, 413, 414, 415, 416, 417, 431, 501);

    /** These ask Keycloak, which is not here. */
    private static final Pattern NEEDS_KEYCLOAK = Pattern.compile("(post /v1/sync/.*|(patch|post) /v1/me.*)");

    private Verdict() {}

    /** What is wrong with an answer, or null. */
    static String of(Documented documented, Attack attack, Reply reply) {
        if (reply.status() == 0) {
            return "no answer";
        }
        if (reply.headers().stream().anyMatch(line -> line.startsWith("Set-Cookie") || line.startsWith("Server"))) {
            return "a header that should not be there";
        }
        String operation = attack.call().method() + " " + attack.call().path();
        boolean keycloakIsAway =
                reply.status() == 503 && NEEDS_KEYCLOAK.matcher(operation).matches();
        if (reply.status() >= 500 && reply.status() != 501 && !keycloakIsAway) {
            return "a fault of the server";
        }
        boolean same = attack.method().equals(attack.call().name())
                && attack.target()
                        .equals(Attack.of(documented.document(), attack.call()).target());
        if (reply.status() >= 200 && reply.status() < 300 && Unknown.isIn(documented, attack)) {
            return "what the operation does not have was taken";
        }
        JsonNode response = documented.response(attack, reply.status());
        if (reply.status() >= 400) {
            return response.isMissingNode() && !OF_ANY_REQUEST.contains(reply.status())
                    ? "a status that is not documented"
                    : problem(documented, attack, reply);
        }
        if (response.isMissingNode()) {
            return same ? "a status that is not documented" : null;
        }
        String type = reply.header("content-type");
        JsonNode media = response.path("content").path(type);
        if (!same || attack.method().equals("HEAD") || !response.has("content") || media.isMissingNode()) {
            return null;
        }
        if (!media.has("schema")) {
            return null;
        }
        return broken(documented, media.path("schema"), reply);
    }

    private static String problem(Documented documented, Attack attack, Reply reply) {
        if (attack.method().equals("HEAD")) {
            return reply.body().isEmpty() ? null : "a body in answer to HEAD";
        }
        if (!reply.header("content-type").equals("application/problem+json")) {
            return "no problem";
        }
        if (INSIDE.matcher(reply.body()).find()) {
            return "something of the inside";
        }
        if (reply.body().contains(Hostile.MARK)) {
            return "the value itself";
        }
        JsonNode body;
        try {
            body = JsonMapper.shared().readTree(reply.body());
        } catch (JacksonException e) {
            return "no JSON";
        }
        ErrorCode code = CODES.get(body.path("code").asString(""));
        if (code == null) {
            return "a code that is not documented";
        }
        boolean ofTheBody = code == ErrorCode.INVALID_FIELD || code == ErrorCode.UNKNOWN_FIELD;
        if (ofTheBody
                && (body.path("errors").isEmpty()
                        || body.path("errors").valueStream().anyMatch(error -> !error.has("pointer")))) {
            return "no pointer";
        }
        if (code.status().value() != reply.status()) {
            // One without a code of its own.
            return code == ErrorCode.BAD_REQUEST ? null : "a code of another status";
        }
        return broken(documented, documented.problem(reply.status()), reply);
    }

    private static String broken(Documented documented, JsonNode schema, Reply reply) {
        var violations = documented.violations(schema, JsonMapper.shared().readTree(reply.body()));
        return violations.isEmpty() ? null : "not as its schema says, " + violations;
    }
}
