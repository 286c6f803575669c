package dev.latchkey.keycloak.linking;

import dev.latchkey.keycloak.lock.RowLock;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.messages.Messages;
import org.keycloak.theme.Theme;

/**
 * Nobody can unlink the last provider of their account if it has no password. Keycloak's account API sees to that, but counts first and locks
 * nothing (26.7.3): of two requests at once each sees the other's provider, and both go. So it is counted once more, by one after the other.
 */
final class LastWayIn implements ProviderEventListener {

    /** Administrators and workflows may leave an account without any; a sign-in that replaces a link takes the old one away first. */
    private static final Pattern ACCOUNT_API = Pattern.compile("(?:^|/)realms/[^/]+/account/");

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityRemovedEvent removed) {
            KeycloakSession session = removed.getKeycloakSession();
            RowLock.of(session, removed.getUser());
            if (isAskedByThePerson(session.getContext())
                    && hasNoWayIn(session, removed.getRealm(), removed.getUser())) {
                throw refusal(session, removed.getUser());
            }
        }
    }

    private static boolean isAskedByThePerson(KeycloakContext context) {
        // Workflows have no request.
        return context.getConnection() != null
                && ACCOUNT_API.matcher(context.getUri().getPath()).find();
    }

    private static boolean hasNoWayIn(KeycloakSession session, RealmModel realm, UserModel user) {
        return !user.isFederated()
                && !user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)
                && session.users()
                        .getFederatedIdentitiesStream(realm, user)
                        .findAny()
                        .isEmpty();
    }

    private static RuntimeException refusal(KeycloakSession session, UserModel user) {
        session.getTransactionManager().setRollbackOnly();
        return ErrorResponse.error(message(session, user), Response.Status.BAD_REQUEST);
    }

    /** In Keycloak's words for the same. */
    private static @Nullable String message(KeycloakSession session, UserModel user) {
        try {
            return session.theme()
                    .getTheme(Theme.Type.ACCOUNT)
                    .getMessages(session.getContext().resolveLocale(user))
                    .getProperty(Messages.FEDERATED_IDENTITY_REMOVING_LAST_PROVIDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
