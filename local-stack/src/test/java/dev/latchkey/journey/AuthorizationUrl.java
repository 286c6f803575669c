package dev.latchkey.journey;

import dev.latchkey.localstack.StackSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Where an application sends the browser: code flow with PKCE (RFC 7636). */
final class AuthorizationUrl {

    /** RFC 7636, appendix B. */
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private AuthorizationUrl() {}

    /** @param more further parameters, or others; a null takes one away */
    static String of(String issuer, String client, String redirectUri, Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", client);
        parameters.put("redirect_uri", redirectUri);
        parameters.put("response_type", "code");
        parameters.put("scope", "openid");
        parameters.put("state", "state-of-this-test");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.putAll(more);
        parameters.values().removeIf(Objects::isNull);
        return issuer + "/protocol/openid-connect/auth?" + Http.encode(parameters);
    }

    static String of(StackSettings settings, String client, String redirectUri) {
        return of(settings.issuer(), client, redirectUri, Map.of());
    }
}
