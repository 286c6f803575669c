package dev.latchkey.keycloak.upstream;

import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.social.github.GitHubIdentityProvider;
import org.keycloak.social.github.GitHubIdentityProviderFactory;

/** Stands in the place of Keycloak's factory, under the same id and with the same settings in the console. */
public final class GitHubFactory extends GitHubIdentityProviderFactory {

    @Override
    public GitHubIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
        return new GitHub(session, new OAuth2IdentityProviderConfig(model));
    }

    /** Of two factories with one id, Keycloak takes the one with the higher order; its own have 0. */
    @Override
    public int order() {
        return 1;
    }
}
