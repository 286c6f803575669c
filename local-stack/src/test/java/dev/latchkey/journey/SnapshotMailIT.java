package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mail with a link to a snapshot, to an address that the API does not know. */
@ExtendWith(RunningStack.class)
class SnapshotMailIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private StackSettings settings;
    private Members members;

    @BeforeEach
    void connect(Running running) {
        settings = running.settings();
        members = new Members(settings);
    }

    @Test
    @DisplayName(
            "Given somebody asks for a snapshot, then a mail in their language has a link that needs no token and ends with the snapshot")
    void mailed() throws Exception {
        String name = Members.newName();
        members.person(name, person -> person.singleAttribute("locale", "de"));
        Tokens tokens = new SignIn(settings).withPassword(name, Members.PASSWORD);
        Api api = new Api(settings.apiUrl(), tokens.access());
        String email = name + "@example.test";

        HttpResponse<String> accepted = api.call("POST", "/v1/snapshots", null);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String snapshot = accepted.headers().firstValue("Location").orElseThrow();
        await().atMost(SOON).until(() -> mails().contains("to " + email));

        assertThat(mails()).contains("<h2>Ihre Sicherung ist fertig</h2><p>to " + email);
        String link = new Mailbox(settings.mailUrl()).linkFor(email);
        assertThat(link).startsWith(settings.apiUrl() + "/downloads/");
        HttpResponse<String> archive =
                Http.send(HttpRequest.newBuilder(URI.create(link)).build());
        assertThat(archive.statusCode()).isEqualTo(200);
        assertThat(archive.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(Http.send(HttpRequest.newBuilder(URI.create(link + "x")).build())
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.call("DELETE", snapshot, null).statusCode()).isEqualTo(204);
        assertThat(Http.send(HttpRequest.newBuilder(URI.create(link)).build()).statusCode())
                .isEqualTo(404);
        String token = link.substring(link.lastIndexOf('/') + 1);
        try (Stream<Path> logs = Files.list(settings.state().resolve("logs"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(log)).as(log.toString()).doesNotContain(token, email);
            }
        }
    }

    @Test
    @DisplayName(
            "Given Keycloak's endpoint, then it takes words of the API's client alone, and says nothing of accounts")
    void endpoint() throws Exception {
        String name = Members.newName();
        String id = members.person(name);
        String unverified = Members.newName();
        String unverifiedId = members.person(unverified, person -> person.setEmailVerified(false));
        String api = basic("resource-api", settings.secrets().resourceApiClient());
        Tokens tokens = new SignIn(settings).withPassword("alice", "alice");

        for (String other : List.of(
                basic("resource-api", "wrong"),
                basic("backend", settings.secrets().backendClient()),
                "Bearer " + tokens.access())) {
            assertThat(ask(other, id, "token", 24).statusCode()).isIn(400, 401, 403);
        }
        assertThat(ask(null, id, "token", 24).statusCode()).isEqualTo(401);
        for (String token : List.of("", "https://evil.test", "../x", "a b", "x".repeat(600))) {
            assertThat(ask(api, id, token, 24).statusCode()).as(token).isEqualTo(400);
        }
        assertThat(ask(api, id, "token", 0).statusCode()).isEqualTo(400);
        assertThat(ask(api, id, "token", 7 * 24 + 1).statusCode()).isEqualTo(400);
        for (String nobody : List.of(unverifiedId, "nobody")) {
            HttpResponse<String> answer = ask(api, nobody, "token", 24);
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(mails()).doesNotContain("to " + name, "to " + unverified);

        assertThat(ask(api, id, "token", 24).statusCode()).isEqualTo(204);
        assertThat(mails()).contains("<h2>Your snapshot is ready</h2><p>to " + name + "@example.test");
        assertThat(new Mailbox(settings.mailUrl()).linkFor(name + "@example.test"))
                .isEqualTo(settings.apiUrl() + "/downloads/token");

        assertThat(ask(api, id, "one-too-many", 24).statusCode()).isEqualTo(204);
        assertThat(mails()).doesNotContain("one-too-many");
    }

    private String mails() {
        return Http.send(HttpRequest.newBuilder(URI.create(settings.mailUrl() + "/"))
                        .build())
                .body();
    }

    private HttpResponse<String> ask(@Nullable String authorization, String subject, String token, int hours) {
        String body = "{\"subject\":\"%s\",\"token\":\"%s\",\"hours\":%d}".formatted(subject, token, hours);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.issuer() + "/snapshot-mail"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return Http.send(request.build());
    }

    private static String basic(String client, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
