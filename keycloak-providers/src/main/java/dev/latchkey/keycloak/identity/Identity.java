package dev.latchkey.keycloak.identity;

/**
 * Who somebody is at the place where they sign in.
 *
 * @param provider the broker alias, or {@value #PASSWORD} for a local account, or {@value #CLIENT} for a service account; never empty, no colon
 * @param subject the provider's stable id of the person, never a name that can be changed or taken over by somebody else; never empty
 */
public record Identity(String provider, String subject) {

    static final String PASSWORD = "password";
    static final String CLIENT = "client";

    /** @throws IllegalArgumentException if either part is empty or the provider contains a colon */
    public Identity {
        if (provider.isEmpty() || provider.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the provider of an identity is not empty and has no colon");
        }
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("the subject of an identity is not empty");
        }
    }

    static Identity ofLocalAccount(String keycloakUserId) {
        return new Identity(PASSWORD, keycloakUserId);
    }

    static Identity ofServiceAccount(String clientId) {
        return new Identity(CLIENT, clientId);
    }

    /** @throws IllegalArgumentException if the broker bears one of our own provider names: its subjects could pass for local accounts */
    static Identity ofBroker(String alias, String subject) {
        if (alias.equals(PASSWORD) || alias.equals(CLIENT)) {
            throw new IllegalArgumentException("a broker must not have the alias '" + alias + "'");
        }
        return new Identity(alias, subject);
    }

    /**
     * Reads what {@link #value()} wrote. Only the first colon separates: a subject may contain more of them.
     *
     * @throws IllegalArgumentException if the value is not of the form {@code provider:subject}
     */
    static Identity parse(String value) {
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("an identity reads provider:subject");
        }
        return new Identity(value.substring(0, colon), value.substring(colon + 1));
    }

    /** {@code provider:subject}: what is stored, and what {@code actor_uid} is computed over. */
    public String value() {
        return provider + ":" + subject;
    }

    /** Without the subject, because log lines carry no identity. */
    @Override
    public String toString() {
        return "Identity[" + provider + "]";
    }
}
