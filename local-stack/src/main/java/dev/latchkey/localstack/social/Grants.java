package dev.latchkey.localstack.social;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Codes and access tokens that are out, in memory. */
final class Grants {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    Grants(Clock clock) {
        this.clock = clock;
    }

    record Code(Authorization authorization, Person person, Instant expires) {}

    /** @param clientId the application that it was issued to */
    record Token(Person person, String clientId, Instant expires) {}

    String newCode(Authorization authorization, Person person) {
        String code = secret();
        codes.put(code, new Code(authorization, person, clock.instant().plus(CODE_LIFETIME)));
        return code;
    }

    /**
     * A code serves once, also when the request that carries it is refused (RFC 6749 §4.1.2).
     *
     * @throws Refusal when the code, the address or the PKCE verifier does not fit
     */
    Code redeem(Call call, RegisteredClient client) {
        Code code = codes.remove(call.parameter("code"));
        if (!client.knows(call.clientId(), call.clientSecret())) {
            throw new Refusal(401, "invalid_client", "The client id or secret is wrong.");
        }
        if (code == null || code.expires().isBefore(clock.instant())) {
            throw new Refusal(400, "invalid_grant", "The code is unknown, used or expired.");
        }
        if (!code.authorization().redirectUri().equals(call.parameter("redirect_uri"))) {
            throw new Refusal(400, "invalid_grant", "The redirect_uri is not the one of the authorization request.");
        }
        if (!code.authorization().provenBy(call.parameter("code_verifier"))) {
            throw new Refusal(400, "invalid_grant", "The code_verifier does not match the code_challenge.");
        }
        return code;
    }

    String newToken(Person person, String clientId) {
        String token = secret();
        tokens.put(token, new Token(person, clientId, clock.instant().plus(TOKEN_LIFETIME)));
        return token;
    }

    Optional<Token> token(String token) {
        return Optional.ofNullable(tokens.get(token))
                .filter(known -> known.expires().isAfter(clock.instant()));
    }

    /** The person whose token the call carries; refused when the token is not good now. */
    Person bearer(Call call) {
        return token(call.bearerToken())
                .map(Token::person)
                .orElseThrow(() -> new Refusal(401, "invalid_token", "The access token is unknown or expired."));
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
