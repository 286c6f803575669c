package dev.latchkey.keycloak.linking;

import org.jspecify.annotations.Nullable;

/**
 * What a broker says about the person who signs in.
 *
 * @param broker the alias of the broker in the realm
 * @param subject the broker's stable id of the person, never a name; null or blank if it gave none
 * @param email null if the broker gave none
 * @param emailVerified whether the broker itself, in a way that we believe, says that this very address is verified; what is not said is false
 */
public record BrokeredIdentity(
        String broker, @Nullable String subject, @Nullable String email, boolean emailVerified) {

    /** Without subject and e-mail, because log lines carry no identity. */
    @Override
    public String toString() {
        return "BrokeredIdentity[" + broker + "]";
    }
}
