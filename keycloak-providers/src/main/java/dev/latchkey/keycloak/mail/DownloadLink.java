package dev.latchkey.keycloak.mail;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of downloads at the API, of which the token is all that a caller says: no mail of ours leads elsewhere. */
final class DownloadLink {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,512}");
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.\\-\\[\\]:]+");

    private DownloadLink() {}

    /**
     * The same, if links can begin with it: scheme, host and perhaps port, as the API takes it. Empty if nobody said.
     *
     * @throws IllegalArgumentException for anything else
     */
    static String apiUrl(String said) {
        if (!said.isEmpty() && !ORIGIN.matcher(said).matches()) {
            throw new IllegalArgumentException(
                    "LATCHKEY_API_URL is scheme, host and perhaps port, without a final slash: it is " + said + ".");
        }
        return said;
    }

    /** @param apiUrl scheme, host and perhaps port */
    static Optional<String> of(String apiUrl, @Nullable String token) {
        return token != null && TOKEN.matcher(token).matches()
                ? Optional.of(apiUrl + "/downloads/" + token)
                : Optional.empty();
    }
}
