package dev.latchkey.api.snapshots;

import dev.latchkey.api.keycloak.KeycloakSettings;
import dev.latchkey.rowsecurity.OwnerScope;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks Keycloak, which alone knows addresses, to tell who asked for a snapshot that it is ready, if that took long. Once, or never. */
@Component
final class ReadyMail {

    private static final Logger log = LoggerFactory.getLogger(ReadyMail.class);

    private final RestClient keycloak;
    private final KeycloakSettings client;
    private final LinkSettings settings;
    private final SnapshotViews views;
    private final OwnerScope scope;
    private final SnapshotMetrics metrics;

    ReadyMail(
            RestClient keycloak,
            KeycloakSettings client,
            LinkSettings settings,
            SnapshotViews views,
            OwnerScope scope,
            SnapshotMetrics metrics) {
        this.keycloak = keycloak;
        this.client = client;
        this.settings = settings;
        this.views = views;
        this.scope = scope;
        this.metrics = metrics;
    }

    private record Request(String subject, String token, long hours) {}

    /**
     * Never throws: the snapshot is there without it.
     *
     * @param subject of the person who asked, whoever's the data is
     */
    void tell(UUID id, @Nullable String subject) {
        if (settings.key().isEmpty() || subject == null) {
            return;
        }
        try {
            SnapshotView snapshot = views.get(id);
            Instant finished = snapshot.finishedAt();
            if (!snapshot.state().equals(SnapshotView.READY)
                    || finished == null
                    || Duration.between(snapshot.createdAt(), finished).compareTo(settings.mailAfter()) < 0) {
                return;
            }
            String token = new SealedLink(
                            scope.current().id(), id, Instant.now().plus(settings.lifetime()))
                    .seal(settings.key());
            keycloak.post()
                    .uri("/snapshot-mail")
                    .headers(headers -> headers.setBasicAuth(KeycloakSettings.CLIENT_ID, client.clientSecret()))
                    .body(new Request(subject, token, settings.lifetime().toHours()))
                    .retrieve()
                    .toBodilessEntity();
            metrics.mailed(true);
        } catch (RestClientException e) {
            metrics.mailed(false);
            log.warn(
                    "Keycloak tells nobody that a snapshot is ready: {}",
                    NestedExceptionUtils.getMostSpecificCause(e).getClass().getName());
        } catch (RuntimeException e) {
            metrics.mailed(false);
            log.warn("Nobody is told that a snapshot is ready", e);
        }
    }
}
