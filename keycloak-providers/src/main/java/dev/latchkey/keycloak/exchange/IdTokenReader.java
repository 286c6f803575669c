package dev.latchkey.keycloak.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.crypto.Algorithm;
import org.keycloak.jose.jws.JWSHeader;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.JsonSerialization;

/**
 * Reads an ID token as the broker does in the hosted login, by the code that Keycloak's provider keeps to its subclasses. Stricter than
 * that: the signature is verified whatever the broker's configuration says, and a token is good once.
 */
final class IdTokenReader extends OIDCIdentityProvider {

    /** RFC 8725 §3.1: with any other one, the key of the provider could be taken for a secret, or for none at all. */
    private static final Set<String> ALGORITHMS = Set.of(Algorithm.RS256, Algorithm.PS256, Algorithm.ES256);

    /** RFC 8725 §3.10: Keycloak logs a key id that it does not find. */
    private static final Pattern KEY_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /** A hosted domain of this value, and none at all, restrict nobody: GoogleIdentityProvider does the same. */
    private static final String ANY_DOMAIN = "*";

    IdTokenReader(KeycloakSession session, OIDCIdentityProvider broker) {
        super(session, withSignatures(broker.getConfig()));
    }

    private static OIDCIdentityProviderConfig withSignatures(OIDCIdentityProviderConfig config) {
        OIDCIdentityProviderConfig stricter = new OIDCIdentityProviderConfig(config);
        stricter.setValidateSignature(true);
        return stricter;
    }

    /** Thrown through Keycloak's code, which knows no exceptions of ours. */
    private static final class KeysUnavailableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        KeysUnavailableException(RuntimeException cause) {
            super(cause);
        }
    }

    BrokeredIdentityContext read(SubjectToken subject, ProviderTokenSettings settings) throws ExchangeRefusedException {
        if (getConfig().isFilteredByClaims()) {
            // Keycloak applies this filter in the hosted login only, and to more than the ID token.
            throw ExchangeRefusedException.interactionRequired(getConfig().getAlias());
        }
        String content = signedContent(subject.value());
        try {
            JsonWebToken token = JsonSerialization.readValue(content, JsonWebToken.class);
            IdTokenRules rules = rules(settings);
            rules.check(token, subject.nonce());
            checkHostedDomain(token);
            useOnce(subject.value(), rules.remaining(token));
            return identity(token, JsonSerialization.readValue(content, JsonNode.class));
        } catch (IOException | ClassCastException e) {
            throw ExchangeRefusedException.token("claims");
        }
    }

    private String signedContent(String token) throws ExchangeRefusedException {
        try {
            return parseTokenInput(token, true);
        } catch (KeysUnavailableException e) {
            throw ExchangeRefusedException.upstream();
        } catch (RuntimeException e) {
            // Keycloak's parsers throw one kind or another at what is no JWS.
            throw ExchangeRefusedException.token("signature");
        }
    }

    @Override
    protected boolean verify(JWSInput jws) {
        JWSHeader header = jws.getHeader();
        if (!ALGORITHMS.contains(String.valueOf(header.getRawAlgorithm()))
                || header.getKeyId() == null
                || !KEY_ID.matcher(header.getKeyId()).matches()) {
            return false;
        }
        try {
            getIdentityProviderKeyWrapper(jws);
        } catch (RuntimeException e) {
            throw new KeysUnavailableException(e);
        }
        return super.verify(jws);
    }

    private IdTokenRules rules(ProviderTokenSettings settings) {
        Set<String> issuers = Stream.of(String.valueOf(getConfig().getIssuer()).split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
        Set<String> audiences = Stream.concat(Stream.of(getConfig().getClientId()), settings.audiences().stream())
                .collect(Collectors.toSet());
        Duration skew = Duration.ofSeconds(getConfig().getAllowedClockSkew());
        return new IdTokenRules(issuers, audiences, settings.longestAge(), skew, Clock.systemUTC());
    }

    private void checkHostedDomain(JsonWebToken token) throws ExchangeRefusedException {
        String allowed = getConfig().getConfig().get("hostedDomain");
        if (allowed == null || allowed.isEmpty() || allowed.equals(ANY_DOMAIN)) {
            return;
        }
        String domain = String.valueOf(token.getOtherClaims().get("hd"));
        if (!Set.of(allowed.split(",")).contains(domain)) {
            throw ExchangeRefusedException.token("hosted domain");
        }
    }

    /**
     * Remembers what was signed, not the token: the last letter of a signature in base64url can be changed to others that decode to the
     * same bytes.
     */
    private void useOnce(String token, Duration remaining) throws ExchangeRefusedException {
        String signed = token.substring(0, token.lastIndexOf('.'));
        String key = "latchkey.provider-token." + HashUtils.sha256UrlEncodedHash(signed, StandardCharsets.US_ASCII);
        if (!session.singleUseObjects().putIfAbsent(key, remaining.toSeconds())) {
            throw ExchangeRefusedException.token("used before");
        }
    }

    private BrokeredIdentityContext identity(JsonWebToken token, JsonNode claims) throws IOException {
        // Keycloak would take the text "true" for verified, and believe an address of which nothing is said.
        Object verified = token.getOtherClaims().get(IDToken.EMAIL_VERIFIED);
        token.setOtherClaims(IDToken.EMAIL_VERIFIED, Boolean.TRUE.equals(verified));
        BrokeredIdentityContext identity = extractIdentity(null, null, token);
        AbstractJsonUserAttributeMapper.storeUserProfileForMapper(
                identity, claims, getConfig().getAlias());
        return identity;
    }
}
