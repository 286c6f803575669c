package dev.latchkey.keycloak.mail;

import dev.latchkey.keycloak.caller.ApiClient;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resource.RealmResourceProvider;

/**
 * {@code POST /realms/{realm}/snapshot-mail} with {@code subject}, {@code token} and {@code hours}: tells a person, at their verified
 * address and in their language, that a snapshot is ready, with a link to it. Only the API asks, with its client's secret. 204 whether or
 * not there is such a person and address, or the last mail to them is less than a minute ago: the API learns nothing of accounts.
 */
public final class SnapshotMailResource implements RealmResourceProvider {

    private static final Logger LOG = Logger.getLogger(SnapshotMailResource.class);

    private static final int MOST_HOURS = 24 * 7;

    /** Who has stolen the secret of the API cannot flood a mailbox. */
    private static final Duration BETWEEN_MAILS = Duration.ofMinutes(1);

    private final KeycloakSession session;
    private final String apiUrl;

    /** @param apiUrl where links lead; empty if nobody said */
    SnapshotMailResource(KeycloakSession session, String apiUrl) {
        this.session = session;
        this.apiUrl = apiUrl;
    }

    @Override
    public Object getResource() {
        return this;
    }

    /**
     * What to send.
     *
     * @param subject {@code sub} of the person
     * @param token of the download
     * @param hours how long it is good
     */
    public record Request(
            @Nullable String subject, @Nullable String token, int hours) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response send(@Nullable Request request) {
        if (!ApiClient.isCaller(session)) {
            return answer(Response.Status.FORBIDDEN, "access_denied");
        }
        if (apiUrl.isEmpty()) {
            return answer(Response.Status.SERVICE_UNAVAILABLE, "api_url_missing");
        }
        Optional<String> link = request == null ? Optional.empty() : DownloadLink.of(apiUrl, request.token());
        if (request == null
                || link.isEmpty()
                || request.subject() == null
                || request.hours() < 1
                || request.hours() > MOST_HOURS) {
            return answer(Response.Status.BAD_REQUEST, "invalid_request");
        }
        RealmModel realm = session.getContext().getRealm();
        UserModel person = session.users().getUserById(realm, request.subject());
        if (person != null && isReachable(person) && isFirstOfTheMinute(person)) {
            try {
                session.getProvider(EmailTemplateProvider.class)
                        .setRealm(realm)
                        .setUser(person)
                        .send(
                                "latchkeySnapshotReadySubject",
                                "latchkey-snapshot-ready.ftl",
                                // Keycloak adds to it.
                                new HashMap<>(Map.of("link", link.get(), "hours", request.hours())));
            } catch (EmailException e) {
                LOG.warnf("No mail about a snapshot: %s", e.getClass().getName());
                return answer(Response.Status.SERVICE_UNAVAILABLE, "mail_not_sent");
            }
        }
        return Response.noContent().build();
    }

    private static boolean isReachable(UserModel person) {
        return person.isEnabled()
                && person.isEmailVerified()
                && person.getEmail() != null
                && person.getServiceAccountClientLink() == null;
    }

    private boolean isFirstOfTheMinute(UserModel person) {
        return session.singleUseObjects()
                .putIfAbsent("latchkey-snapshot-mail." + person.getId(), BETWEEN_MAILS.toSeconds());
    }

    private static Response answer(Response.Status status, String error) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("error", error))
                .build();
    }

    @Override
    public void close() {}
}
