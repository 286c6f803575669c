package dev.latchkey.keycloak.flow;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** How the console's flow editor shows a step: one of several alternatives, without settings unless it names some. */
public abstract class StepFactory implements AuthenticatorFactory {

    private static final Requirement[] CHOICES = {Requirement.ALTERNATIVE, Requirement.DISABLED};

    private final String id;
    private final Authenticator step;
    private final String displayType;
    private final String helpText;

    /**
     * A factory of one step.
     *
     * @param id by which flows name it
     * @param step what it does, for all sessions alike
     * @param displayType its name in the console
     * @param helpText where it stands and what it does
     */
    protected StepFactory(String id, Authenticator step, String displayType, String helpText) {
        this.id = id;
        this.step = step;
        this.displayType = displayType;
        this.helpText = helpText;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getDisplayType() {
        return displayType;
    }

    @Override
    public final String getHelpText() {
        return helpText;
    }

    @Override
    public final Requirement[] getRequirementChoices() {
        return CHOICES.clone();
    }

    @Override
    public final String getReferenceCategory() {
        return id;
    }

    @Override
    public final boolean isConfigurable() {
        return !getConfigProperties().isEmpty();
    }

    @Override
    public final boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public final Authenticator create(KeycloakSession session) {
        return step;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
