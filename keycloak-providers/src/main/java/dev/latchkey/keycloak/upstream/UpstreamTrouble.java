package dev.latchkey.keycloak.upstream;

import java.io.IOException;
import java.util.StringJoiner;
import org.keycloak.broker.provider.IdentityBrokerException;

/** What goes wrong with a provider, in words for the event and its log line: neither answers nor tokens nor names of people. */
final class UpstreamTrouble extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String messageKey;

    private UpstreamTrouble(String reason, String messageKey) {
        super(reason);
        this.reason = reason;
        this.messageKey = messageKey;
    }

    static UpstreamTrouble status(int status) {
        return new UpstreamTrouble("the token endpoint answered " + status, "latchkeyUpstreamUnavailable");
    }

    static UpstreamTrouble error() {
        return new UpstreamTrouble("the provider returned with an error", "latchkeyUpstreamUnavailable");
    }

    static UpstreamTrouble disabled() {
        return new UpstreamTrouble("the provider was disabled meanwhile", "latchkeyUpstreamUnusable");
    }

    /**
     * Keycloak's messages repeat answers of the provider, tokens included, always behind a colon or a bracket. Those of other libraries may
     * do so anywhere: of them only the type is named.
     */
    static UpstreamTrouble of(Exception e) {
        StringJoiner reason = new StringJoiner(", ");
        boolean unavailable = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            reason.add(words(cause));
            unavailable |=
                    cause instanceof IOException && cause.getClass().getName().startsWith("java.");
        }
        String code = e instanceof IdentityBrokerException known ? known.getMessageCode() : null;
        String general = unavailable ? "latchkeyUpstreamUnavailable" : "latchkeyUpstreamUnusable";
        return new UpstreamTrouble(reason.toString(), code == null ? general : code);
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message != null && cause.getClass().getName().startsWith("org.keycloak.")
                ? message.split("[:\\[(']", 2)[0].strip()
                : cause.getClass().getSimpleName();
    }

    String reason() {
        return reason;
    }

    /** Key of the text in the login theme. */
    String messageKey() {
        return messageKey;
    }
}
