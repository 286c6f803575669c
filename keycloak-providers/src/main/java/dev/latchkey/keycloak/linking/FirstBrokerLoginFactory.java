package dev.latchkey.keycloak.linking;

import dev.latchkey.keycloak.flow.StepFactory;
import java.util.List;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** How the console's flow editor shows the step. */
public final class FirstBrokerLoginFactory extends StepFactory {

    public static final String PROVIDER_ID = "latchkey-first-broker-login";

    static final String KEEP_UNCONFIRMED = "unconfirmed.accounts.keep.email";

    /** Called by Keycloak. */
    public FirstBrokerLoginFactory() {
        super(
                PROVIDER_ID,
                FirstBrokerLogin.INSTANCE,
                "Latchkey: new account or proof",
                "Makes an account for a person who comes through a provider for the first time. If the e-mail belongs to an account, and both"
                        + " sides have it verified, leaves it to the alternatives after it to have that account proven and to link it; in all"
                        + " other cases ends with a page that says why. Replaces 'Create User If Unique' and 'Review Profile'.");
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                KEEP_UNCONFIRMED,
                "Unconfirmed accounts keep their e-mail",
                "What happens when somebody comes with a verified e-mail that an account claims without having confirmed it. Off: the"
                        + " person gets an account of their own with that e-mail, and the other account loses it. On: the sign-in"
                        + " ends with a page that tells to confirm the other account; whoever registers first can keep the owner"
                        + " of a mailbox from coming through a provider.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                "false"));
    }

    /** Once for the server; the beginning and the end of a link need no step in a flow. */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new LinkOfAFirstSignIn());
        factory.register(new LastWayIn());
    }
}
