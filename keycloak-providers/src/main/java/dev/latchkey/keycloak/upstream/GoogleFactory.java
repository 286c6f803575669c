package dev.latchkey.keycloak.upstream;

import dev.latchkey.keycloak.version.OldestKeycloak;
import org.keycloak.Config;
import org.keycloak.common.Version;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.social.google.GoogleIdentityProvider;
import org.keycloak.social.google.GoogleIdentityProviderConfig;
import org.keycloak.social.google.GoogleIdentityProviderFactory;

/** Stands in the place of Keycloak's factory, under the same id and with the same settings in the console. */
public final class GoogleFactory extends GoogleIdentityProviderFactory {

    @Override
    public void init(Config.Scope config) {
        OldestKeycloak.require(Version.VERSION);
    }

    @Override
    public GoogleIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
        return new Google(session, new GoogleIdentityProviderConfig(model));
    }

    /** Of two factories with one id, Keycloak takes the one with the higher order; its own have 0. */
    @Override
    public int order() {
        return 1;
    }
}
