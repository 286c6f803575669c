package dev.latchkey.keycloak.owner;

import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.Version;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.organization.OrganizationProviderFactory;

/** Stands before Keycloak's own provider of organizations, by its order; says when the server starts what they lack. */
public final class UnknownWorkspacesFactory implements OrganizationProviderFactory {

    private static final Logger LOG = Logger.getLogger(UnknownWorkspacesFactory.class);

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
    public void init(Config.Scope config) {
        if (!OrganizationGroups.EXIST) {
            LOG.warnf(
                    "Keycloak %s has no groups of organizations, which are the roles in a workspace: everybody in one is its 'member'",
                    Version.VERSION);
        }
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
