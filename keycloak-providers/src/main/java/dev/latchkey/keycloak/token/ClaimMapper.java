package dev.latchkey.keycloak.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * A mapper whose claims have fixed names, because resource servers rely on them: an admin chooses the tokens that carry them, nothing
 * else. It refuses configuration that would issue no claim or the same claim twice, and runs after mappers of other kinds, one of which may
 * name the same claim.
 */
public abstract class ClaimMapper extends AbstractOIDCProtocolMapper {

    @Override
    public final List<ProviderConfigProperty> getConfigProperties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, getClass());
        properties.addAll(furtherProperties());
        return properties;
    }

    /** What an admin chooses besides the tokens. */
    protected List<ProviderConfigProperty> furtherProperties() {
        return List.of();
    }

    @Override
    public int getPriority() {
        return Integer.MAX_VALUE - 1;
    }

    @Override
    public final String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public final void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel model)
            throws ProtocolMapperConfigException {
        Map<String, String> config = model.getConfig();
        boolean inAnyToken = false;
        for (ProviderConfigProperty property : getConfigProperties()) {
            if (!property.getType().equals(ProviderConfigProperty.BOOLEAN_TYPE)) {
                continue;
            }
            String value = config.get(property.getName());
            if (value != null && !value.equals("true") && !value.equals("false")) {
                throw MapperRefusal.of(this, "latchkeyMapperNotBoolean", property.getName(), value);
            }
            inAnyToken |= "true".equals(value);
        }
        if (!inAnyToken) {
            throw MapperRefusal.of(this, "latchkeyMapperWithoutToken");
        }
        boolean twice = container
                .getProtocolMappersStream()
                .anyMatch(other -> getId().equals(other.getProtocolMapper())
                        && !other.getId().equals(model.getId()));
        if (twice) {
            throw MapperRefusal.of(this, "latchkeyMapperTwice");
        }
        validateFurther(session, config);
    }

    /** Checks the further properties and what the mapper needs of its surroundings, so that the console says it before the first sign-in fails. */
    protected void validateFurther(KeycloakSession session, Map<String, String> config)
            throws ProtocolMapperConfigException {}
}
