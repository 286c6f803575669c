package dev.latchkey.keycloak.change;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Puts {@link AccountChangesResource} at {@code /realms/{realm}/account-changes}. */
public final class AccountChangesResourceFactory implements RealmResourceProviderFactory {

    @Override
    public String getId() {
        return "account-changes";
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new AccountChangesResource(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
