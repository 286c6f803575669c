package dev.latchkey.keycloak.linking;

import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.services.validation.Validation;

/** The rules. Reads only, and needs neither a browser nor an authentication session. */
final class Linking {

    /** RFC 5321 §4.5.3.1.3; the user profile has the same limit. */
    private static final int LONGEST_EMAIL = 254;

    /** Keycloak's column for it. OpenID Connect Core 1.0 §2 allows no more either. */
    private static final int LONGEST_SUBJECT = 255;

    private Linking() {}

    /**
     * Decides anew each time: what it says may be outdated after the transaction in which it was asked.
     *
     * @param identity what the broker says; the caller has made sure that it was the broker who said it
     */
    static Outcome decide(KeycloakSession session, RealmModel realm, BrokeredIdentity identity) {
        UserProvider users = session.users();
        String subject = identity.subject();
        if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            return new Outcome.Refused(Refusal.NO_ID);
        }
        UserModel linked =
                users.getUserByFederatedIdentity(realm, new FederatedIdentityModel(identity.broker(), subject, null));
        if (linked != null) {
            return linked.isEnabled() ? new Outcome.Found(linked) : new Outcome.Refused(Refusal.ACCOUNT_DISABLED);
        }
        String email = identity.email();
        if (email == null || !isMail(email)) {
            return new Outcome.Refused(Refusal.NO_EMAIL);
        }
        UserModel addressed = users.getUserByEmail(realm, email);
        UserModel named = users.getUserByUsername(realm, email);
        if (addressed == null && named == null) {
            return new Outcome.Create(null);
        }
        if (!identity.emailVerified()) {
            return new Outcome.Refused(Refusal.EMAIL_NOT_VERIFIED);
        }
        // Keycloak looks what is typed at a sign-in up as an e-mail first: a second account with this e-mail would lock
        // out the one that
        // has it as its user name (CVE-2026-19607).
        UserModel existing = addressed != null && addressed.isEmailVerified() ? addressed : named;
        return existing == null ? new Outcome.Create(addressed) : proof(users, realm, identity, existing);
    }

    /**
     * As the user profile sees it, where mail cannot be sent to other than ASCII names. Keycloak looks e-mails up in small letters, of which some
     * belong to several: the Kelvin sign (U+212A) becomes a {@code k}, and its mailbox would pass for another.
     */
    private static boolean isMail(String email) {
        return email.length() <= LONGEST_EMAIL
                && Validation.isEmailValid(email)
                && email.substring(0, email.lastIndexOf('@')).chars().allMatch(character -> character < 128);
    }

    private static Outcome proof(UserProvider users, RealmModel realm, BrokeredIdentity identity, UserModel existing) {
        if (!existing.isEmailVerified()) {
            return new Outcome.Refused(Refusal.USER_NAME_OF_ANOTHER);
        }
        if (!existing.isEnabled()) {
            return new Outcome.Refused(Refusal.ACCOUNT_DISABLED);
        }
        FederatedIdentityModel linked = users.getFederatedIdentity(realm, existing, identity.broker());
        if (linked != null) {
            // This very one, if another window has linked it since the question above.
            return linked.getUserId().equals(identity.subject())
                    ? new Outcome.Found(existing)
                    : new Outcome.Refused(Refusal.OTHER_IDENTITY_LINKED);
        }
        return new Outcome.Prove(existing);
    }
}
