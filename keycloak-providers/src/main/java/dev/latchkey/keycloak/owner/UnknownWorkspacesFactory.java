package dev.latchkey.keycloak.owner;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.organization.OrganizationProviderFactory;

/** Stands before Keycloak's own provider of organizations, by its order. */
public final class UnknownWorkspacesFactory implements OrganizationProviderFactory {

    private static final String KEYCLOAKS_OWN = "infinispan";

    @Override
    public String getId() {
        return "latchkey";
    }

    @Override
    public OrganizationProvider create(KeycloakSession session) {
        return UnknownWorkspaces.over(session.getProvider(OrganizationProvider.class, KEYCLOAKS_OWN), session);
    }

    /** Keycloak's own have 10 and 0; the highest is used. */
    @Override
    public int order() {
        return 100;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
