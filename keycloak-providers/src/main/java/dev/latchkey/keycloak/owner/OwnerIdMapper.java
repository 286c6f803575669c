package dev.latchkey.keycloak.owner;

import dev.latchkey.keycloak.token.ClaimMapper;
import dev.latchkey.keycloak.token.TokenRefusal;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/** Claim {@code owner_id}. It never changes between an authorization and the last refresh that comes of it. */
public final class OwnerIdMapper extends ClaimMapper implements OIDCAccessTokenMapper, TokenIntrospectionTokenMapper {

    public static final String PROVIDER_ID = "latchkey-owner-id-mapper";

    /** Client session note, followed by the workspace's alias if it is one: the owner found when the authorization was given. */
    private static final String OWNER_NOTE = "latchkey.owner_id";

    private static final String CLAIM = "owner_id";

    private static final Logger LOG = Logger.getLogger(OwnerIdMapper.class);

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Latchkey: owner_id";
    }

    @Override
    public String getHelpText() {
        return "Adds 'owner_id', whom the rows belong to: the workspace named by scope organization:<alias>, else the user attribute"
                + " 'owner_id', else the user's id. Refuses the token if the person is no member of the workspace.";
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        Authorization authorization = new Authorization(session, context);
        OwnerChoice choice;
        String owner;
        try {
            choice = authorization.owner();
            owner = find(session, userSession, choice).orElseThrow(OwnerRefusedException::unreachableWorkspace);
        } catch (OwnerRefusedException e) {
            throw TokenRefusal.invalidScope(session, e.description());
        }
        if (authorization.isRefresh() && isAnotherThanAuthorized(context, choice, owner)) {
            throw TokenRefusal.invalidGrant(session, "The owner has changed since: authorize again");
        }
        context.getClientSession().setNote(note(choice), owner);
        token.setOtherClaims(CLAIM, owner);
    }

    /** An introspected token that could not be issued now has no {@code owner_id}, so that it is worth nothing to a resource server. */
    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken token,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        if (!OIDCAttributeMapperHelper.includeInIntrospection(model)) {
            return token;
        }
        try {
            OwnerChoice choice = OwnerChoice.of(token.getScope());
            find(session, userSession, choice)
                    .filter(owner -> !isAnotherThanAuthorized(context, choice, owner))
                    .ifPresent(owner -> token.setOtherClaims(CLAIM, owner));
        } catch (OwnerRefusedException e) {
            LOG.debugf("Introspection without owner_id: %s", e.description());
        }
        return token;
    }

    private static Optional<String> find(KeycloakSession session, UserSessionModel userSession, OwnerChoice choice) {
        try {
            return Owners.find(session, userSession.getUser(), choice).map(OwnerId::value);
        } catch (IllegalArgumentException e) {
            LOG.errorf("No owner_id in realm %s: %s", userSession.getRealm().getName(), e.getMessage());
            throw TokenRefusal.serverError(session, "The owner of this account is not valid; tell the administrator");
        }
    }

    /**
     * Another owner may have come behind the same choice: an admin has set the attribute, or an alias was given to another workspace.
     * Sessions that Keycloak does not keep (service accounts) have no note.
     */
    private static boolean isAnotherThanAuthorized(ClientSessionContext context, OwnerChoice choice, String owner) {
        String authorized = context.getClientSession().getNote(note(choice));
        return authorized != null && !authorized.equals(owner);
    }

    private static String note(OwnerChoice choice) {
        return choice.workspace() == null ? OWNER_NOTE : OWNER_NOTE + "." + choice.workspace();
    }
}
