package dev.latchkey.localstack.social;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Google's side of OpenID Connect: {@code developers.google.com/identity/openid-connect}. */
final class Google {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Provider provider;
    private final GoogleAddresses addresses;
    private final Clock clock;
    private final SigningKeys keys;
    private final UnaryOperator<JWTClaimsSet> twist;

    /** @param twist what a test changes in an ID token before it is signed */
    Google(
            RegisteredClient client,
            List<Person> people,
            GoogleAddresses addresses,
            Clock clock,
            SigningKeys keys,
            UnaryOperator<JWTClaimsSet> twist) {
        this.provider = new Provider("Google", client, people, new Grants(clock));
        this.addresses = addresses;
        this.clock = clock;
        this.keys = keys;
        this.twist = twist;
    }

    void authorize(Call call) throws IOException {
        provider.authorize(call);
    }

    void token(Call call) throws IOException {
        Grants.Code code = provider.redeem(call);
        call.json(
                200,
                Map.of(
                        "access_token", provider.newToken(code.person()),
                        "expires_in", LIFETIME.toSeconds(),
                        "scope", code.authorization().scope(),
                        "token_type", "Bearer",
                        "id_token", idToken(code)));
    }

    void userInfo(Call call) throws IOException {
        call.json(200, profile(provider.bearer(call)));
    }

    void certificates(Call call) throws IOException {
        call.json(200, keys.publish());
    }

    /** OpenID Connect Discovery 1.0 §4.2. */
    void configuration(Call call) throws IOException {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("issuer", addresses.issuer());
        configuration.put("authorization_endpoint", addresses.authorize());
        configuration.put("token_endpoint", addresses.token());
        configuration.put("userinfo_endpoint", addresses.userInfo());
        configuration.put("jwks_uri", addresses.certificates());
        configuration.put("response_types_supported", List.of("code"));
        configuration.put("subject_types_supported", List.of("public"));
        configuration.put("id_token_signing_alg_values_supported", List.of("RS256"));
        configuration.put("scopes_supported", List.of("openid", "email", "profile"));
        configuration.put("code_challenge_methods_supported", List.of("S256"));
        call.json(200, configuration);
    }

    private String idToken(Grants.Code code) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(addresses.issuer())
                .audience(provider.clientId())
                .claim("azp", provider.clientId())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)));
        profile(code.person()).forEach(claims::claim);
        if (!code.authorization().nonce().isEmpty()) {
            claims.claim("nonce", code.authorization().nonce());
        }
        return keys.sign(twist.apply(claims.build()));
    }

    private static Map<String, Object> profile(Person person) {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("sub", person.googleSubject());
        profile.put("name", person.name());
        profile.put("given_name", person.givenName());
        profile.put("family_name", person.familyName());
        profile.put("email", person.email());
        profile.put("email_verified", person.emailVerified());
        profile.values().removeIf(Objects::isNull);
        return profile;
    }
}
