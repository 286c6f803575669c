package dev.latchkey.keycloak.owner;

import dev.latchkey.keycloak.token.TokenRefusal;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;

/**
 * The one decision whom the tokens of an answer act for. It never changes between an authorization and the last refresh that comes of it,
 * and all claims of all tokens in one answer are of the same decision.
 */
final class OwnerInForce {

    /** Of access tokens, and of refresh tokens, so that each says itself whom it was issued for. */
    static final String CLAIM = "owner_id";

    /**
     * Client session note, followed by the workspace's alias if it is one: the owner that was found when an authorization was given, for
     * tokens that do not say whose they are.
     */
    private static final String OWNER_NOTE = "latchkey.owner_id";

    /** In the note: several owners have come behind this choice, so that nothing can be said of such a token. No owner's id is this. */
    private static final String SEVERAL = "*";

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
        Owner decided = decided(session);
        if (decided == null) {
            decided = decideOnce();
            // Not of the context: Keycloak makes another one in the middle of an answer with an offline token.
            session.setAttribute(OwnerInForce.class.getName(), decided);
        }
        return decided;
    }

    private static @Nullable Owner decided(KeycloakSession session) {
        return session.getAttribute(OwnerInForce.class.getName(), Owner.class);
    }

    private Owner decideOnce() {
        Authorization authorization = new Authorization(session, context);
        OwnerChoice choice;
        Owner owner;
        String kept;
        try {
            choice = authorization.owner();
            owner = find(choice).orElseThrow(OwnerRefusedException::unreachableWorkspace);
            kept = authorization.keptOwner();
        } catch (OwnerRefusedException e) {
            throw TokenRefusal.invalidScope(session, e.description());
        }
        if ((kept != null || authorization.isRefresh()) && isAnother(choice, owner, kept)) {
            throw TokenRefusal.invalidGrant(session, "The owner has changed since: authorize again");
        }
        note(choice, owner);
        return owner;
    }

    /** To be called when the tokens of this request are made, and not yet signed. */
    static void nameIn(@Nullable RefreshToken token, KeycloakSession session) {
        Owner owner = decided(session);
        if (token != null && owner != null) {
            token.getOtherClaims().put(CLAIM, owner.id().value());
        }
    }

    static @Nullable String ownerOf(AccessToken token) {
        return token.getOtherClaims().get(CLAIM) instanceof String owner ? owner : null;
    }

    /**
     * The owner of a token that was issued before.
     *
     * @return empty if it could not be issued now
     */
    Optional<Owner> ofIssued(AccessToken token) {
        try {
            OwnerChoice choice = OwnerChoice.of(token.getScope());
            return find(choice).filter(owner -> !isAnother(choice, owner, ownerOf(token)));
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
     *
     * @param issued for whom, if the token says so
     */
    private boolean isAnother(OwnerChoice choice, Owner owner, @Nullable String issued) {
        // Sessions that Keycloak does not keep (service accounts) have no note.
        String before = issued == null ? context.getClientSession().getNote(note(choice)) : issued;
        return before != null && !before.equals(owner.id().value());
    }

    private void note(OwnerChoice choice, Owner owner) {
        String found = owner.id().value();
        String before = context.getClientSession().getNote(note(choice));
        context.getClientSession().setNote(note(choice), before == null || before.equals(found) ? found : SEVERAL);
    }

    private static String note(OwnerChoice choice) {
        return choice.workspace() == null ? OWNER_NOTE : OWNER_NOTE + "." + choice.workspace();
    }
}
