package dev.latchkey.keycloak.exchange;

import dev.latchkey.keycloak.token.MapperRefusal;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Switches the grant on for a client, and holds its settings. It maps nothing into tokens: it is a mapper because that is where Keycloak's
 * console lets an admin see and edit settings of a client that Keycloak does not know.
 */
public final class ProviderTokenMapper extends AbstractOIDCProtocolMapper {

    public static final String PROVIDER_ID = "latchkey-provider-token-mapper";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Latchkey: sign-in with a provider's token";
    }

    @Override
    public String getDisplayCategory() {
        return "Sign-in";
    }

    @Override
    public String getHelpText() {
        return "Lets this client sign people in with an ID token or access token that it already holds from a provider (grant type "
                + ProviderTokenGrantFactory.GRANT_TYPE + "). Adds nothing to tokens.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(
                new ProviderConfigProperty(
                        ProviderTokenSettings.PROVIDERS,
                        "Providers",
                        "Aliases of the identity providers whose tokens are taken: ID tokens of OpenID Connect providers such as Google,"
                                + " access tokens of GitHub.",
                        ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                        null),
                new ProviderConfigProperty(
                        ProviderTokenSettings.AUDIENCES,
                        "Client ids of native apps",
                        "Ids under which the provider knows your apps, beside the client id of the identity provider itself. An ID token"
                                + " for any other app is refused.",
                        ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                        null),
                new ProviderConfigProperty(
                        ProviderTokenSettings.LONGEST_AGE,
                        "Longest age of an ID token",
                        "In seconds since it was issued, 1 to 3600. It is taken once only.",
                        ProviderConfigProperty.STRING_TYPE,
                        ProviderTokenSettings.DEFAULT_LONGEST_AGE),
                new ProviderConfigProperty(
                        ProviderTokenSettings.PER_MINUTE,
                        "Attempts per minute",
                        "Of one address, and sign-ins of one person: 1 to 6000, counted on each Keycloak server by itself.",
                        ProviderConfigProperty.STRING_TYPE,
                        ProviderTokenSettings.DEFAULT_PER_MINUTE));
    }

    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel model)
            throws ProtocolMapperConfigException {
        try {
            ProviderTokenSettings.of(model.getConfig());
        } catch (IllegalArgumentException e) {
            throw MapperRefusal.of(this, "latchkeyMapperSettings", e.getMessage());
        }
    }
}
