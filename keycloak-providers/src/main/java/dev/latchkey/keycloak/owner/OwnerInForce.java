package dev.latchkey.keycloak.owner;

import dev.latchkey.keycloak.token.TokenRefusal;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/**
 * The one decision whom the tokens of an answer act for. It never changes between an authorization and the last refresh that comes of it,
 * and all claims of all tokens in one answer are of the same decision.
 */
final class OwnerInForce {

    /** Client session note, followed by the workspace's alias if it is one: the owner found when the authorization was given. */
    private static final String OWNER_NOTE = "latchkey.owner_id";

    private static final Logger LOG = Logger.getLogger(OwnerInForce.class);

    private final KeycloakSession session;
    private final UserSessionModel userSession;
    private final ClientSessionContext context;

    OwnerInForce(KeycloakSession session, UserSessionModel userSession, ClientSessionContext context) {
        this.session = session;
        this.userSession = userSession;
        this.context = context;
    }

    /** @throws jakarta.ws.rs.WebApplicationException if there is none, or another than was authorized: no token is issued then */
    Owner decide() {
        Owner decided = context.getAttribute(OwnerInForce.class.getName(), Owner.class);
        if (decided == null) {
            decided = decideOnce();
            context.setAttribute(OwnerInForce.class.getName(), decided);
        }
        return decided;
    }

    private Owner decideOnce() {
        Authorization authorization = new Authorization(session, context);
        OwnerChoice choice;
        Owner owner;
        try {
            choice = authorization.owner();
            owner = find(choice).orElseThrow(OwnerRefusedException::unreachableWorkspace);
        } catch (OwnerRefusedException e) {
            throw TokenRefusal.invalidScope(session, e.description());
        }
        if (authorization.isRefresh() && isAnotherThanAuthorized(choice, owner)) {
            throw TokenRefusal.invalidGrant(session, "The owner has changed since: authorize again");
        }
        context.getClientSession().setNote(note(choice), owner.id().value());
        return owner;
    }

    /**
     * The owner of a token that was issued before.
     *
     * @return empty if it could not be issued now
     */
    Optional<Owner> ofIssued(@Nullable String scope) {
        try {
            OwnerChoice choice = OwnerChoice.of(scope);
            return find(choice).filter(owner -> !isAnotherThanAuthorized(choice, owner));
        } catch (OwnerRefusedException e) {
            LOG.debugf("Introspection without owner_id: %s", e.description());
            return Optional.empty();
        }
    }

    private Optional<Owner> find(OwnerChoice choice) {
        try {
            return Owners.find(session, userSession.getUser(), choice);
        } catch (IllegalArgumentException e) {
            LOG.errorf("No owner_id in realm %s: %s", userSession.getRealm().getName(), e.getMessage());
            throw TokenRefusal.serverError(session, "The owner of this account is not valid; tell the administrator");
        }
    }

    /**
     * Another owner may have come behind the same choice: an admin has set the attribute, or an alias was given to another workspace.
     * Sessions that Keycloak does not keep (service accounts) have no note.
     */
    private boolean isAnotherThanAuthorized(OwnerChoice choice, Owner owner) {
        String authorized = context.getClientSession().getNote(note(choice));
        return authorized != null && !authorized.equals(owner.id().value());
    }

    private static String note(OwnerChoice choice) {
        return choice.workspace() == null ? OWNER_NOTE : OWNER_NOTE + "." + choice.workspace();
    }
}
