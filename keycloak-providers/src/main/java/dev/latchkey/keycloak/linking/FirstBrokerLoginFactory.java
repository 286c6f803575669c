package dev.latchkey.keycloak.linking;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** How the console's flow editor shows the step. */
public final class FirstBrokerLoginFactory implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "latchkey-first-broker-login";

    static final String KEEP_UNCONFIRMED = "unconfirmed.accounts.keep.email";

    private static final Requirement[] CHOICES = {Requirement.ALTERNATIVE, Requirement.DISABLED};

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Latchkey: new account or proof";
    }

    @Override
    public String getHelpText() {
        return "Makes an account for a person who comes through a provider for the first time. If the e-mail belongs to an account, and both"
                + " sides have it verified, leaves it to the alternatives after it to have that account proven and to link it; in all"
                + " other cases ends with a page that says why. Replaces 'Create User If Unique' and 'Review Profile'.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return CHOICES.clone();
    }

    @Override
    public String getReferenceCategory() {
        return "latchkeyFirstBrokerLogin";
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
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

    @Override
    public Authenticator create(KeycloakSession session) {
        return FirstBrokerLogin.INSTANCE;
    }

    @Override
    public void init(Config.Scope config) {}

    /** Once for the server; the other end of a link needs no step in a flow. */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new LastWayIn());
    }

    @Override
    public void close() {}
}
