package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client gets tokens by the grants that it was given, and no client by a password (RFC 9700 §2.4, §2.5). */
@ExtendWith(RunningStack.class)
class GrantRulesIT {

    private StackSettings settings;

    @BeforeEach
    void settings(Running running) {
        settings = running.settings();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"web", "desktop", "mobile", "backend", "resource-api", "account", "account-console", "admin-cli"
            })
    @DisplayName("Given a name and a password, then no client gets a token for them")
    void password(String client) {
        Map<String, String> form = new LinkedHashMap<>(
                Map.of("grant_type", "password", "client_id", client, "username", "alice", "password", "alice"));
        form.put("scope", "openid");
        if (secret(client) != null) {
            form.put("client_secret", secret(client));
        }
        HttpResponse<String> answer = token(form);

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 401);
        assertThat(Http.json(answer)).doesNotContainKey("access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "desktop", "mobile", "resource-api"})
    @DisplayName("Given a client that acts for people, then it gets no token of its own")
    void ownToken(String client) {
        Map<String, String> form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials", "client_id", client));
        if (secret(client) != null) {
            form.put("client_secret", secret(client));
        }
        HttpResponse<String> answer = token(form);

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 401);
        assertThat(Http.json(answer)).doesNotContainKey("access_token");
    }

    @ParameterizedTest
    @CsvSource({"backend,", "backend, wrong", "backend, local-stack-only-resource-api", "resource-api,"})
    @DisplayName("Given a confidential client without its secret, then it gets nothing")
    void secret(String client, String secret) {
        Map<String, String> form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials", "client_id", client));
        if (secret != null) {
            form.put("client_secret", secret);
        }

        assertThat(token(form).statusCode()).isEqualTo(401);
    }

    /** Nor by RFC 6749's grants under another name. */
    @ParameterizedTest
    @ValueSource(strings = {"implicit", "PASSWORD", "", "urn:ietf:params:oauth:grant-type:saml2-bearer"})
    @DisplayName("Given another grant type, then it is refused")
    void unknown(String type) {
        HttpResponse<String> answer =
                token(Map.of("grant_type", type, "client_id", "web", "username", "alice", "password", "alice"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    /** RFC 7591 §5: who may register clients may phish with the realm's own pages. */
    @Test
    @DisplayName("Given nobody's wish to register a client, then there is none")
    void registration() {
        for (String kind : List.of("openid-connect", "default")) {
            HttpResponse<String> answer =
                    Http.send(HttpRequest.newBuilder(URI.create(settings.issuer() + "/clients-registrations/" + kind))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(
                                    kind.equals("default")
                                            ? "{\"clientId\":\"x\"}"
                                            : "{\"redirect_uris\":[\"https://evil.example/\"]}"))
                            .build());

            assertThat(answer.statusCode()).as(answer.body()).isBetween(401, 403);
        }
    }

    private HttpResponse<String> token(Map<String, String> form) {
        return Http.postForm(settings.issuer() + "/protocol/openid-connect/token", form);
    }

    private String secret(String client) {
        return switch (client) {
            case "backend" -> settings.secrets().backendClient();
            case "resource-api" -> settings.secrets().resourceApiClient();
            default -> null;
        };
    }
}
