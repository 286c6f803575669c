package dev.latchkey.keycloak.eventlog;

import dev.latchkey.keycloak.actor.Pseudonym;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * One line for each event: what happened, and who by pseudonym. What the caller wrote stands in it only where it names something of the
 * realm or has a form that holds no identity.
 */
final class EventLog implements EventListenerProvider {

    /** Keycloak's codes of errors. A few of its messages come as errors too. */
    private static final Pattern CODE = Pattern.compile("[a-z0-9_.-]{1,64}");

    /** As the API takes it. */
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** W3C Trace Context §3.2. */
    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private final KeycloakSession session;
    private final Logger log;
    private final Logger.Level success;
    private final Logger.Level error;

    EventLog(KeycloakSession session, Logger log, Logger.Level success, Logger.Level error) {
        this.session = session;
        this.log = log;
        this.success = success;
        this.error = error;
    }

    @Override
    public void onEvent(Event event) {
        Logger.Level level = event.getError() == null ? success : error;
        if (!log.isEnabled(level)) {
            return;
        }
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        var line = new Line("type", event.getType().name());
        line.add("realm", realm == null ? null : realm.getName());
        line.add("client", client(realm, event.getClientId()));
        line.add("error", code(event.getError()));
        Map<String, String> details = event.getDetails() == null ? Map.of() : event.getDetails();
        line.add("identity_provider", broker(details.get(Details.IDENTITY_PROVIDER)));
        line.add("reason", details.get(EventLogFactory.REASON));
        line.add("actor_uid", actor(realm, event.getUserId()));
        line.add("session_id", event.getSessionId());
        addRequest(line);
        log.log(level, line.toString());
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        Logger.Level level = event.getError() == null ? success : error;
        if (!log.isEnabled(level)) {
            return;
        }
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        var line = new Line("operation", event.getOperationType().name());
        line.add("realm", realm == null ? null : realm.getName());
        line.add("resource", event.getResourceTypeAsString());
        line.add("error", code(event.getError()));
        addRequest(line);
        log.log(level, line.toString());
    }

    /** An event of an unknown client repeats whatever the caller called it. */
    private static @Nullable String client(@Nullable RealmModel realm, @Nullable String clientId) {
        ClientModel client = realm == null || clientId == null ? null : realm.getClientByClientId(clientId);
        return client == null ? null : client.getClientId();
    }

    private @Nullable String broker(@Nullable String alias) {
        return alias == null || session.identityProviders().getByAlias(alias) == null ? null : alias;
    }

    private static @Nullable String code(@Nullable String error) {
        return error == null || CODE.matcher(error).matches() ? error : "other";
    }

    private @Nullable String actor(@Nullable RealmModel realm, @Nullable String userId) {
        return realm == null || userId == null
                ? null
                : Pseudonym.of(session, session.users().getUserById(realm, userId));
    }

    private void addRequest(Line line) {
        HttpRequest request = session.getContext().getHttpRequest();
        if (request != null) {
            HttpHeaders headers = request.getHttpHeaders();
            line.addIf(REQUEST_ID, "request_id", headers.getHeaderString("X-Request-Id"));
            line.addIf(TRACE_PARENT, "trace_id", headers.getHeaderString("traceparent"));
        }
    }

    @Override
    public void close() {}
}
