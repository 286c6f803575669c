package dev.latchkey.keycloak.change;

import dev.latchkey.keycloak.caller.ApiClient;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;

/**
 * {@code GET /realms/{realm}/account-changes?since=}: the subjects whose account an administrator has changed, disabled, signed out or
 * deleted, or taken out of a workspace or a role in it, with the time of the last such change, read from Keycloak's own admin events. Times are
 * milliseconds since 1970 by Keycloak's clock, as are {@code iat} of its tokens. Only the API asks, with its client's secret; it needs no
 * role for that.
 */
public final class AccountChangesResource implements RealmResourceProvider {

    /** With more events than that the answer names nobody and says {@code everybody}. */
    private static final int MOST_EVENTS = 10_000;

    /** By name, because Keycloak before 26.7 has no groups of organizations. */
    private static final ResourceType[] ABOUT_ACCOUNTS = Stream.of(ResourceType.values())
            .filter(type -> Set.of("USER", "ORGANIZATION_MEMBERSHIP", "ORGANIZATION_GROUP_MEMBERSHIP")
                    .contains(type.name()))
            .toArray(ResourceType[]::new);

    private final KeycloakSession session;

    AccountChangesResource(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        return this;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response since(@QueryParam("since") @DefaultValue("0") long since) {
        if (!ApiClient.isCaller(session)) {
            return answer(Response.Status.FORBIDDEN, Map.of("error", "access_denied"));
        }
        RealmModel realm = session.getContext().getRealm();
        if (!realm.isAdminEventsEnabled()) {
            return answer(Response.Status.SERVICE_UNAVAILABLE, Map.of("error", "admin_events_disabled"));
        }
        // Before the query: what is committed while it runs belongs to the next one.
        long until = System.currentTimeMillis();
        List<AdminEvent> events = session.getProvider(EventStoreProvider.class)
                .createAdminQuery()
                .realm(realm.getId())
                .resourceType(ABOUT_ACCOUNTS)
                .operation(OperationType.UPDATE, OperationType.DELETE, OperationType.ACTION)
                .fromTime(since)
                .maxResults(MOST_EVENTS + 1)
                .getResultStream()
                .toList();
        Map<String, Long> changed = new HashMap<>();
        if (events.size() <= MOST_EVENTS) {
            events.forEach(event -> ChangedAccount.in(event.getResourcePath())
                    .ifPresent(account -> changed.merge(account, event.getTime(), Math::max)));
        }
        return answer(
                Response.Status.OK,
                Map.of("until", until, "changed", changed, "everybody", events.size() > MOST_EVENTS));
    }

    private static Response answer(Response.Status status, Map<String, ?> body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(body)
                .build();
    }

    @Override
    public void close() {}
}
