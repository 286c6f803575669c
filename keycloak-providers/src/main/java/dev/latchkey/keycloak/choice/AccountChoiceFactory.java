package dev.latchkey.keycloak.choice;

import dev.latchkey.keycloak.flow.StepFactory;

/** How the console's flow editor shows the step. */
public final class AccountChoiceFactory extends StepFactory {

    public static final String PROVIDER_ID = "latchkey-account-choice";

    /** Called by Keycloak. */
    public AccountChoiceFactory() {
        super(
                PROVIDER_ID,
                AccountChoice.INSTANCE,
                "Latchkey: another account",
                "Stands before 'Cookie' in a browser flow. If the application asks for prompt=select_account, the browser forgets whom it is"
                        + " signed in as, and the steps after this one ask anew. What applications have got for the other account stays good.");
    }
}
