package dev.latchkey.keycloak.token;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/**
 * Runs last and keeps everything out of access tokens that {@code docs/reference/claims.md} does not list: Keycloak's own scopes
 * ({@code profile}, {@code roles}, {@code organization}) go on working for ID tokens and userinfo, and clients may ask for them, but no
 * name and no role reaches an API or its logs, and no API is sent a token that Keycloak takes too.
 */
public final class KeptClaimsMapper extends ClaimMapper implements OIDCAccessTokenMapper {

    public static final String PROVIDER_ID = "latchkey-kept-claims-mapper";

    /** Configuration: further claims to keep, separated as Keycloak separates lists. */
    static final String FURTHER = "further.claims";

    /** Not claims like others in Keycloak: each has a place of its own in a token. */
    private static final Set<String> NEVER_KEPT = Set.of("realm_access", "resource_access", "allowed-origins");

    private static final Set<String> KEYCLOAKS_CLIENTS = Set.copyOf(Constants.defaultClients);

    private static final Set<String> OURS = Set.of(
            "owner_id",
            "actor_uid",
            "actor_uid_previous",
            "provider",
            "email",
            "email_verified",
            "user_metadata",
            "app_metadata",
            "workspace",
            "created_at");

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Latchkey: nothing else in access tokens";
    }

    @Override
    public String getHelpText() {
        return "Removes names, roles, allowed origins, Keycloak's own clients as audiences, and every other claim from access tokens that is neither Latchkey's nor part of the"
                + " protocol nor listed below. ID tokens and userinfo are left alone.";
    }

    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    @Override
    protected List<ProviderConfigProperty> furtherProperties() {
        return List.of(new ProviderConfigProperty(
                FURTHER,
                "Further claims to keep",
                "Names of top-level claims that other mappers add and that access tokens are to carry.",
                ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                null));
    }

    @Override
    protected void validateFurther(KeycloakSession session, Map<String, String> config)
            throws ProtocolMapperConfigException {
        for (String claim : further(config).toList()) {
            if (NEVER_KEPT.contains(claim)) {
                throw MapperRefusal.of(this, "latchkeyMapperNeverKept", claim);
            }
            if (claim.chars().anyMatch(Character::isWhitespace)) {
                throw MapperRefusal.of(this, "latchkeyMapperNotAClaim", claim);
            }
        }
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        Set<String> kept =
                Stream.concat(OURS.stream(), further(model.getConfig())).collect(Collectors.toSet());
        token.getOtherClaims().keySet().retainAll(kept);
        if (token instanceof AccessToken accessToken) {
            accessToken.setRealmAccess(null);
            accessToken.setResourceAccess(null);
            accessToken.setAllowedOrigins(null);
            if (!kept.contains(IDToken.ACR)) {
                accessToken.setAcr(null);
            }
            accessToken.audience(withoutKeycloak(accessToken.getAudience()));
        }
    }

    /** Scope {@code roles} names Keycloak's clients as audiences: whoever is sent such a token could change the account with it. */
    private static String @Nullable [] withoutKeycloak(String @Nullable [] audience) {
        return audience == null
                ? null
                : Stream.of(audience)
                        .filter(name -> !KEYCLOAKS_CLIENTS.contains(name))
                        .toArray(String[]::new);
    }

    private static Stream<String> further(Map<String, String> config) {
        return Stream.of(config.getOrDefault(FURTHER, "").split(Constants.CFG_DELIMITER))
                .filter(claim -> !claim.isBlank());
    }
}
