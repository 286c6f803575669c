package dev.latchkey.localstack.social;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Google's side of OpenID Connect: {@code developers.google.com/identity/openid-connect}. */
final class Google {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Provider provider;
    private final GoogleAddresses addresses;
    private final Clock clock;
    private final RSAKey key;

    Google(RegisteredClient client, GoogleAddresses addresses, Clock clock) {
        this.provider = new Provider("Google", client, new Grants(clock));
        this.addresses = addresses;
        this.clock = clock;
        try {
            key = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java has RSA", e);
        }
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
        call.json(200, new JWKSet(key).toString(true));
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
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        SignedJWT token = new SignedJWT(header, claims.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static Map<String, Object> profile(Person person) {
        return Map.of(
                "sub", person.googleSubject(),
                "name", person.name(),
                "given_name", person.givenName(),
                "family_name", person.familyName(),
                "email", person.email(),
                "email_verified", person.emailVerified());
    }
}
