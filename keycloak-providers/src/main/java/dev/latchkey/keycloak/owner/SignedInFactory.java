package dev.latchkey.keycloak.owner;

import dev.latchkey.keycloak.flow.StepFactory;

/** How the console's flow editor shows the step. */
public final class SignedInFactory extends StepFactory {

    /** Called by Keycloak. */
    public SignedInFactory() {
        super(
                "latchkey-signed-in",
                SignedIn.INSTANCE,
                "Latchkey: signed in, for a workspace",
                "Right after 'Cookie': whoever that step has recognized goes on to the workspace that the scope names, without signing in again.");
    }
}
