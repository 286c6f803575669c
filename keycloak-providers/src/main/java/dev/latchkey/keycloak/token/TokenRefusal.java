package dev.latchkey.keycloak.token;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.WebOriginsUtils;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/**
 * Every error with which our mappers refuse a token: an OAuth error in JSON (RFC 6749 §5.2) that a browser may read, and nothing of the
 * refused request is kept. Descriptions reach the client: no identity and no secret stands in them.
 */
public final class TokenRefusal {

    private TokenRefusal() {}

    /** The requested scope names a workspace that the person cannot act in, or more than one owner. */
    public static WebApplicationException invalidScope(KeycloakSession session, String description) {
        return refusal(session, OAuthErrorException.INVALID_SCOPE, description, Response.Status.BAD_REQUEST);
    }

    /** What was authorized once does not hold any more: the client has to authorize again. */
    public static WebApplicationException invalidGrant(KeycloakSession session, String description) {
        return refusal(session, OAuthErrorException.INVALID_GRANT, description, Response.Status.BAD_REQUEST);
    }

    /** The server is not set up to issue this token; the log says why. */
    public static WebApplicationException serverError(KeycloakSession session, String description) {
        return refusal(session, OAuthErrorException.SERVER_ERROR, description, Response.Status.INTERNAL_SERVER_ERROR);
    }

    private static WebApplicationException refusal(
            KeycloakSession session, String error, String description, Response.Status status) {
        // A response of its own bypasses Keycloak's error handler, which would have rolled back (see
        // ErrorResponseException).
        session.getTransactionManager().setRollbackOnly();
        return new CorsErrorResponseException(cors(session), error, description, status);
    }

    /** By hand, because Keycloak's way to say it is {@code allowedOrigins} until 26.5 and {@code checkAllowedOrigins} after. */
    private static Cors cors(KeycloakSession session) {
        Cors cors = session.getProvider(Cors.class).auth().allowedMethods("POST");
        String origin = session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(Cors.ORIGIN_HEADER);
        Set<String> allowed = WebOriginsUtils.resolveValidWebOrigins(
                session, session.getContext().getClient());
        return allowed.contains(origin) || allowed.contains(Cors.ACCESS_CONTROL_ALLOW_ORIGIN_WILDCARD)
                ? cors.allowAllOrigins()
                : cors;
    }
}
