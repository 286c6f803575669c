package dev.latchkey.keycloak.exchange;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an app brings. Names and types are those of RFC 8693 §2.1 where it has them.
 *
 * @param provider alias of the broker
 * @param value the token
 * @param isIdToken an ID token, else an access token
 * @param nonce that the app had put into its request to the provider; null if it tells none
 */
record SubjectToken(
        String provider,
        String value,
        boolean isIdToken,
        @Nullable String nonce) {

    static final String VALUE = "subject_token";

    static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private static final String PROVIDER = "provider";
    private static final String TYPE = "subject_token_type";
    private static final String NONCE = "nonce";

    /** No provider's token is longer; what is, is not worth a signature check. */
    private static final int LONGEST = 8192;

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    /** Three parts: a token that is encrypted, or not signed at all, has more or fewer. */
    private static final Pattern JWS = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    static SubjectToken of(MultivaluedMap<String, String> form) throws ExchangeRefusedException {
        String type = required(form, TYPE);
        if (!Set.of(ID_TOKEN, ACCESS_TOKEN).contains(type)) {
            throw ExchangeRefusedException.malformed(TYPE + " is neither an ID token's nor an access token's");
        }
        boolean isIdToken = type.equals(ID_TOKEN);
        String value = required(form, VALUE);
        if (!(isIdToken ? JWS : TOKEN).matcher(value).matches() || value.length() > LONGEST) {
            throw ExchangeRefusedException.malformed(VALUE + " has not the form of a token");
        }
        return new SubjectToken(required(form, PROVIDER), value, isIdToken, form.getFirst(NONCE));
    }

    private static String required(MultivaluedMap<String, String> form, String name) throws ExchangeRefusedException {
        String value = form.getFirst(name);
        if (value == null || value.isEmpty()) {
            throw ExchangeRefusedException.malformed("Missing parameter: " + name);
        }
        return value;
    }

    /** The token itself stays out of messages. */
    @Override
    public String toString() {
        return "SubjectToken[" + provider + "]";
    }
}
