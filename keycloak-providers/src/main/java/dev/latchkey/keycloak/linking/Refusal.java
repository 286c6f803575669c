package dev.latchkey.keycloak.linking;

/** Why a sign-in through a broker cannot go on. Each has a text for the person in the message bundles. */
enum Refusal {
    /** The broker gave no id of the person, so nobody could be recognized again. */
    NO_ID("latchkeyBrokerNoId"),
    /** The broker gave no e-mail, or something that is none. */
    NO_EMAIL("latchkeyBrokerNoEmail"),
    /** The account is disabled. */
    ACCOUNT_DISABLED("latchkeyBrokerAccountDisabled"),
    /** There is an account with this e-mail, and the broker does not say that the e-mail is verified. */
    EMAIL_NOT_VERIFIED("latchkeyBrokerEmailNotVerified"),
    /** The e-mail is the user name of an account whose own e-mail nobody has confirmed. */
    USER_NAME_OF_ANOTHER("latchkeyBrokerUserNameOfAnother"),
    /** An account claims the e-mail without having confirmed it, and an admin has chosen that it keeps it. */
    UNCONFIRMED_ACCOUNT("latchkeyBrokerUnconfirmedAccount"),
    /** The account with this e-mail is linked to another identity at the same broker. */
    OTHER_IDENTITY_LINKED("latchkeyBrokerOtherIdentityLinked"),
    /** Another sign-in with the same identity was faster; the next one finds the account. */
    LINKED_MEANWHILE("latchkeyBrokerLinkedMeanwhile");

    private final String messageKey;

    Refusal(String messageKey) {
        this.messageKey = messageKey;
    }

    /** Key of the text in the login theme; its parameter {@code {0}} is the broker's display name. */
    String messageKey() {
        return messageKey;
    }
}
