package dev.latchkey.keycloak.linking;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/** What a brokered identity means for a realm. */
sealed interface Outcome {

    /**
     * The identity is linked to this account already.
     *
     * @param account enabled
     */
    record Found(UserModel account) implements Outcome {}

    /**
     * Nobody has the identity, and nobody has confirmed its e-mail: a new account may be made.
     *
     * @param unconfirmed an account that claims the e-mail without having confirmed it, and loses it to the new one; null if there is none
     */
    record Create(@Nullable UserModel unconfirmed) implements Outcome {}

    /**
     * The e-mail belongs to this account, and both sides have it verified: linked only after the person has signed in to the account.
     *
     * @param account enabled, with a verified e-mail
     */
    record Prove(UserModel account) implements Outcome {}

    /** The sign-in ends here, and nothing is made or changed. */
    record Refused(Refusal why) implements Outcome {}
}
