package dev.latchkey.keycloak.profile;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Puts {@link ProfileResource} at {@code /realms/{realm}/profile}. */
public final class ProfileResourceFactory implements RealmResourceProviderFactory {

    @Override
    public String getId() {
        return "profile";
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new ProfileResource(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
