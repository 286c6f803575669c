package dev.latchkey.keycloak.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.JsonWebToken;

/**
 * What an ID token must say besides being signed: OpenID Connect Core 1.0 §3.1.3.7.
 *
 * @param issuers of whom it may be
 * @param audiences ids of our apps at the provider
 * @param longestAge since it was issued
 * @param skew by which the provider's clock may differ from ours
 */
record IdTokenRules(Set<String> issuers, Set<String> audiences, Duration longestAge, Duration skew, Clock clock) {

    /**
     * @param nonce that the app told; null if none
     * @throws ExchangeRefusedException that names the first rule it breaks
     */
    void check(JsonWebToken token, @Nullable String nonce) throws ExchangeRefusedException {
        require(token.getIssuer() != null && issuers.contains(token.getIssuer()), "issuer");
        String[] audience = token.getAudience();
        require(audience != null && audience.length > 0 && audiences.containsAll(List.of(audience)), "audience");
        // The party that asked for it: on Android another one of our apps than the one it is meant for.
        require(token.getIssuedFor() == null || audiences.contains(token.getIssuedFor()), "authorized party");
        require(token.getSubject() != null && !token.getSubject().isBlank(), "subject");
        long now = clock.instant().getEpochSecond();
        require(token.getExp() != null && now < token.getExp() + skew.toSeconds(), "expired");
        require(token.getNbf() == null || now >= token.getNbf() - skew.toSeconds(), "not valid yet");
        require(token.getIat() != null && now >= token.getIat() - skew.toSeconds(), "not issued yet");
        require(now < lastUse(token), "too old");
        require(nonce == null || nonce.equals(token.getOtherClaims().get("nonce")), "nonce");
    }

    /** The second from which on the token is refused for its age. */
    private long lastUse(JsonWebToken token) {
        return token.getIat() + longestAge.plus(skew).toSeconds();
    }

    /** How long a token that passes could be used again, and so has to be remembered. */
    Duration remaining(JsonWebToken token) {
        long end = Math.min(token.getExp() + skew.toSeconds(), lastUse(token));
        return Duration.ofSeconds(Math.max(1, end - clock.instant().getEpochSecond()));
    }

    private static void require(boolean holds, String rule) throws ExchangeRefusedException {
        if (!holds) {
            throw ExchangeRefusedException.token(rule);
        }
    }
}
