package dev.latchkey.keycloak.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.http.simple.SimpleHttp;
import org.keycloak.http.simple.SimpleHttpResponse;
import org.keycloak.models.KeycloakSession;
import org.keycloak.social.github.GitHubIdentityProvider;
import org.keycloak.util.JsonSerialization;
import org.keycloak.vault.VaultStringSecret;

/**
 * Reads whose an access token of GitHub is. Such a token says nothing of the app that it was issued to, and every app's token opens the
 * profile: so GitHub is asked first whether it is ours ({@code POST /applications/{client_id}/token}).
 */
final class GitHubTokenReader {

    private static final Logger LOG = Logger.getLogger(GitHubTokenReader.class);

    /** GitHub's answers have a few KiB. */
    private static final long LONGEST_ANSWER = 64 * 1024;

    private final KeycloakSession session;
    private final GitHubIdentityProvider broker;

    GitHubTokenReader(KeycloakSession session, GitHubIdentityProvider broker) {
        this.session = session;
        this.broker = broker;
    }

    BrokeredIdentityContext read(SubjectToken subject) throws ExchangeRefusedException {
        String owner = ownerOfOurs(subject.value());
        BrokeredIdentityContext identity;
        try {
            // What Keycloak takes is the answer to its own request for a token.
            identity = broker.getFederatedIdentity(
                    JsonSerialization.writeValueAsString(Map.of("access_token", subject.value())));
        } catch (IdentityBrokerException | IOException e) {
            throw ExchangeRefusedException.upstream();
        }
        if (!owner.equals(identity.getId())) {
            throw ExchangeRefusedException.upstream();
        }
        return identity;
    }

    /**
     * @return GitHub's numeric id of the person
     * @throws ExchangeRefusedException unless GitHub says that the token was issued to the broker's own client and is good now
     */
    private String ownerOfOurs(String token) throws ExchangeRefusedException {
        String clientId = broker.getConfig().getClientId();
        JsonNode answer;
        try (VaultStringSecret secret =
                        session.vault().getStringSecret(broker.getConfig().getClientSecret());
                SimpleHttpResponse response = SimpleHttp.create(session)
                        .withMaxConsumedResponseSize(LONGEST_ANSWER)
                        .doPost(apiUrl() + "/applications/" + clientId + "/token")
                        .authBasic(
                                clientId, secret.get().orElse(broker.getConfig().getClientSecret()))
                        .header("Accept", "application/vnd.github+json")
                        .json(Map.of("access_token", token))
                        .asResponse()) {
            switch (response.getStatus()) {
                case 200 -> answer = response.asJson();
                case 404, 422 -> throw notOurs();
                default -> {
                    LOG.warnf(
                            "Provider %s checks no token: status %d",
                            broker.getConfig().getAlias(), response.getStatus());
                    throw ExchangeRefusedException.upstream();
                }
            }
        } catch (IOException e) {
            LOG.warnf(
                    "Provider %s checks no token: %s",
                    broker.getConfig().getAlias(), e.getClass().getSimpleName());
            throw ExchangeRefusedException.upstream();
        }
        JsonNode owner = answer.at("/user/id");
        if (!clientId.equals(answer.at("/app/client_id").textValue())
                || !owner.isIntegralNumber()
                || hasExpired(answer)) {
            throw notOurs();
        }
        return owner.asText();
    }

    private static boolean hasExpired(JsonNode answer) {
        String end = answer.path("expires_at").textValue();
        try {
            return end != null && !Instant.now().isBefore(Instant.parse(end));
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    private String apiUrl() {
        String configured = broker.getConfig().getConfig().get("apiUrl");
        String url = configured == null || configured.isBlank()
                ? GitHubIdentityProvider.DEFAULT_API_URL
                : configured.strip();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static ExchangeRefusedException notOurs() {
        return ExchangeRefusedException.token("the provider does not say that it was issued to this application");
    }
}
