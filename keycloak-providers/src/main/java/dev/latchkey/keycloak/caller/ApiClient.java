package dev.latchkey.keycloak.caller;

import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;

/** The API, as a client of the realm. It needs no role for what only it may ask. */
public final class ApiClient {

    private static final String ID = "resource-api";

    private ApiClient() {}

    /** By Keycloak's own authentication of clients, as at the token endpoint; it ends the request if that fails. */
    public static boolean isCaller(KeycloakSession session) {
        EventBuilder event = new EventBuilder(
                        session.getContext().getRealm(),
                        session,
                        session.getContext().getConnection())
                .event(EventType.CLIENT_LOGIN);
        ClientModel client =
                AuthorizeClientUtil.authorizeClient(session, event, null).getClient();
        return client.getClientId().equals(ID) && !client.isPublicClient();
    }
}
