package dev.latchkey.localstack.social;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What an application asked for when it sent the person here. */
record Authorization(String redirectUri, String state, String scope, String nonce, String codeChallenge) {

    /** Refuses whatever is not as it was registered, and a request without PKCE. */
    static Authorization of(Call call, RegisteredClient client) {
        String redirectUri = call.parameter("redirect_uri");
        if (!client.id().equals(call.parameter("client_id"))) {
            throw new Refusal(400, "invalid_client", "The client_id is not registered here.");
        }
        if (!client.redirectUris().contains(redirectUri)) {
            throw new Refusal(400, "invalid_request", "The redirect_uri is not registered for this client.");
        }
        if (!"code".equals(call.parameter("response_type", "code"))) {
            throw new Refusal(400, "unsupported_response_type", "Only response_type=code is supported.");
        }
        String challenge = call.parameter("code_challenge");
        // RFC 7636 §4.2: a SHA-256 digest in base64url is 43 characters long.
        if (!"S256".equals(call.parameter("code_challenge_method")) || !challenge.matches("[A-Za-z0-9_-]{43}")) {
            throw new Refusal(400, "invalid_request", "PKCE with code_challenge_method=S256 is required.");
        }
        return new Authorization(
                redirectUri, call.parameter("state"), call.parameter("scope"), call.parameter("nonce"), challenge);
    }

    /** RFC 7636 §4.6. */
    boolean provenBy(String codeVerifier) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(codeVerifier.getBytes(StandardCharsets.US_ASCII));
            byte[] computed = Base64.getUrlEncoder().withoutPadding().encode(digest);
            return MessageDigest.isEqual(computed, codeChallenge.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
