package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.api.keycloak.KeycloakSettings;
import dev.latchkey.api.testkit.LogEvents;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** Links to archives, for whoever has them, and who is told of them. That Keycloak sends the mail, a journey of the local stack shows. */
class DownloadsIT extends SnapshotTest {

    private static final String KEY = "link-key-of-the-tests, 32 bytes or more";
    private static final List<JsonNode> MAILS = new CopyOnWriteArrayList<>();
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final HttpServer KEYCLOAK = keycloakServer();

    private static volatile int status;

    private final String alice = newOwner();

    @Autowired
    private RestClient keycloak;

    @Autowired
    private KeycloakSettings client;

    @Autowired
    private SnapshotViews views;

    @Autowired
    private OwnerScope scope;

    @Autowired
    private SnapshotMetrics metrics;

    @Autowired
    private MeterRegistry registry;

    @DynamicPropertySource
    static void links(DynamicPropertyRegistry registry) {
        registry.add(
                "LATCHKEY_REALM_URL",
                () -> "http://localhost:" + KEYCLOAK.getAddress().getPort() + "/realms/latchkey");
        registry.add("RESOURCE_API_CLIENT_SECRET", () -> "secret");
        registry.add("LATCHKEY_SNAPSHOT_LINK_KEY", () -> KEY);
        registry.add("LATCHKEY_SNAPSHOT_MAIL_AFTER", () -> "0s");
        registry.add("LATCHKEY_SNAPSHOT_LINK_LIFETIME", () -> "2h");
    }

    /** Before the test. */
    private double told;

    @BeforeEach
    void empty() {
        told = mails("success") + mails("failure");
        ASKED.set(0);
        status = 204;
        MAILS.clear();
    }

    private static HttpServer keycloakServer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String expected = "Basic "
                    + Base64.getEncoder().encodeToString("resource-api:secret".getBytes(StandardCharsets.UTF_8));
            server.createContext("/realms/latchkey/snapshot-mail", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                boolean isTheApi = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
                MAILS.add(tree(body));
                ASKED.incrementAndGet();
                exchange.sendResponseHeaders(isTheApi ? status : 401, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mail that a snapshot leads to, when the API knows what became of it. */
    private JsonNode mail() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !MAILS.isEmpty() && mails("success") + mails("failure") == told + ASKED.get());
        return MAILS.get(0);
    }

    private static String link(JsonNode mail) {
        return "/downloads/" + mail.path("token").stringValue();
    }

    private static String sealed(String owner, UUID id, Instant until) {
        return "/downloads/" + new SealedLink(owner, id, until).seal(KEY);
    }

    @Test
    void givenOneThatTookLong_thenWhoAskedIsToldAndTheLinkIsTheArchiveAlone() {
        create(alice, "/v1/works", "{\"title\":\"w\"}");
        JsonNode snapshot = snapshot(alice);
        byte[] whole = archive(alice, snapshot);

        JsonNode mail = mail();
        assertThat(mail.propertyNames()).containsExactlyInAnyOrder("subject", "token", "hours");
        assertThat(mail.path("subject").stringValue())
                .isEqualTo(UUID.nameUUIDFromBytes(alice.getBytes(StandardCharsets.UTF_8))
                        .toString());
        assertThat(mail.path("hours").intValue()).isEqualTo(2);

        HttpResponse<byte[]> downloaded = bytes(request(link(mail)));
        assertThat(downloaded.statusCode()).isEqualTo(200);
        assertThat(downloaded.body()).isEqualTo(whole);
        assertThat(downloaded.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(downloaded.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(downloaded.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(downloaded.headers().firstValue("Cache-Control").orElseThrow())
                .contains("no-store");
        assertThat(downloaded.headers().firstValue("X-Robots-Tag")).hasValue("noindex");
        HttpResponse<byte[]> head = bytes(request(link(mail)).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(whole.length);
        HttpResponse<byte[]> part = bytes(request(link(mail)).header("Range", "bytes=3-5"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 3, 6));
        assertThat(bytes(request(link(mail)).header("Accept", "text/html,*/*;q=0.8"))
                        .statusCode())
                .isEqualTo(200);
        assertProblem(send(request(link(mail)).DELETE()), 401, "token_missing");
        assertProblem(send(as(alice, link(mail)).DELETE()), 405, "method_not_allowed");
    }

    @Test
    void givenItIsDeletedOverForgedOrSomebodyElses_thenThereIsNothing() {
        JsonNode snapshot = snapshot(alice);
        UUID id = UUID.fromString(snapshot.path("id").stringValue());
        Instant later = Instant.now().plusSeconds(60);
        assertThat(bytes(request(sealed(alice, id, later))).statusCode()).isEqualTo(200);
        String given = link(mail());
        assertThat(send(as(alice, "/v1/snapshots/" + id).DELETE()).statusCode()).isEqualTo(204);

        for (String link : List.of(
                given,
                sealed(alice, id, later),
                sealed(alice, id, Instant.now().minusSeconds(1)),
                sealed(newOwner(), id, later),
                given.substring(0, given.length() - 2),
                "/downloads/x",
                "/downloads/" + "x".repeat(400))) {
            HttpResponse<String> nothing = send(request(link));
            JsonNode problem = assertProblem(nothing, 404, "not_found");
            assertThat(problem.propertyNames())
                    .containsExactlyInAnyOrder("type", "title", "status", "code", "detail", "request_id");
            assertThat(nothing.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("no-store");
            assertThat(nothing.headers().firstValue("X-Robots-Tag")).hasValue("noindex");
        }
    }

    @Test
    void givenItWasQuickOrNobodysOrFailed_thenNobodyIsTold() {
        JsonNode snapshot = snapshot(alice);
        mail();
        MAILS.clear();
        UUID id = UUID.fromString(snapshot.path("id").stringValue());

        scope.runAs(Owner.of(alice), () -> {
            mail(KEY, Duration.ofHours(1)).tell(id, "somebody");
            mail("", Duration.ZERO).tell(id, "somebody");
            mail(KEY, Duration.ZERO).tell(id, null);
            mail(KEY, Duration.ZERO).tell(UUID.randomUUID(), "somebody");
        });
        assertThat(MAILS).isEmpty();
        double sent = mails("success");
        scope.runAs(Owner.of(alice), () -> mail(KEY, Duration.ZERO).tell(id, "somebody"));
        assertThat(MAILS).hasSize(1);
        assertThat(mails("success")).isEqualTo(sent + 1);
    }

    private double mails(String outcome) {
        return registry.get("latchkey.snapshots.mails")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private ReadyMail mail(String key, Duration after) {
        return new ReadyMail(
                keycloak, client, new LinkSettings(key, Duration.ofHours(1), after), views, scope, metrics);
    }

    @Test
    void givenKeycloakSendsNone_thenTheSnapshotIsReadyAndTheLogNamesNobody() {
        status = 503;
        double failed = mails("failure");
        try (LogEvents log = new LogEvents()) {
            JsonNode snapshot = snapshot(alice);
            JsonNode mail = mail();

            assertThat(snapshot.path("state").stringValue()).isEqualTo("ready");
            bytes(request(link(mail)));
            send(request(link(mail) + "x"));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(log.all())
                            .extracting(ILoggingEvent::getFormattedMessage)
                            .anyMatch(line -> line.contains("Keycloak tells nobody")));
            assertThat(log.all())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .noneMatch(line -> line.contains(mail.path("token").stringValue())
                            || line.contains(mail.path("subject").stringValue())
                            || line.contains(alice));
            assertThat(mails("failure")).isEqualTo(failed + 1);
        }
    }
}
