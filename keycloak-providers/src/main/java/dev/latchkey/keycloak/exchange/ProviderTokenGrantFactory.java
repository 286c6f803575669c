package dev.latchkey.keycloak.exchange;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeFactory;

/** Registers the grant. Keycloak's discovery document lists it by itself. */
public final class ProviderTokenGrantFactory implements OAuth2GrantTypeFactory {

    /** The value of {@code grant_type} (RFC 6749 §4.5). */
    public static final String GRANT_TYPE = "urn:latchkey:params:oauth:grant-type:provider-token";

    private final Attempts attempts = new Attempts();

    @Override
    public String getId() {
        return GRANT_TYPE;
    }

    /** Two letters that no other grant has: they stand at the beginning of every token id. */
    @Override
    public String getShortcut() {
        return "lk";
    }

    @Override
    public OAuth2GrantType create(KeycloakSession session) {
        return new ProviderTokenGrant(attempts);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
