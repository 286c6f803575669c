package dev.latchkey.keycloak.actor;

import dev.latchkey.keycloak.identity.Identity;
import dev.latchkey.keycloak.identity.IdentityOfRecord;
import dev.latchkey.keycloak.token.ClaimMapper;
import dev.latchkey.keycloak.token.MapperRefusal;
import dev.latchkey.keycloak.token.TokenRefusal;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.representations.IDToken;

/** Claim {@code actor_uid}, and {@code actor_uid_previous} while a key rotation is announced. Without a usable key no token is issued. */
public final class ActorUidMapper extends ClaimMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper, TokenIntrospectionTokenMapper {

    public static final String PROVIDER_ID = "latchkey-actor-uid-mapper";

    private static final Logger LOG = Logger.getLogger(ActorUidMapper.class);

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Latchkey: actor_uid";
    }

    @Override
    public String getHelpText() {
        return "Adds 'actor_uid', a pseudonym of the person that stays the same whichever client or linked provider is used. Needs a secret"
                + " of at least 32 bytes: vault entry actor_uid_secret, else environment variable ACTOR_UID_SECRET.";
    }

    @Override
    protected void validateFurther(KeycloakSession session, Map<String, String> config)
            throws ProtocolMapperConfigException {
        try {
            ActorKeys.current(session);
            ActorKeys.previous(session);
        } catch (IllegalArgumentException e) {
            throw MapperRefusal.of(this, "latchkeyMapperWithoutSecret", e.getMessage());
        }
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        ActorKey current;
        Optional<ActorKey> previous;
        try {
            current = ActorKeys.current(session);
            previous = ActorKeys.previous(session);
        } catch (IllegalArgumentException e) {
            LOG.errorf("Realm %s issues no tokens: %s", userSession.getRealm().getName(), e.getMessage());
            throw TokenRefusal.serverError(session, "This server is not set up to issue tokens; its log says why");
        }
        Identity identity = IdentityOfRecord.of(session, userSession);
        token.setOtherClaims("actor_uid", ActorUid.derive(current, identity));
        previous.ifPresent(key -> token.setOtherClaims("actor_uid_previous", ActorUid.derive(key, identity)));
    }
}
