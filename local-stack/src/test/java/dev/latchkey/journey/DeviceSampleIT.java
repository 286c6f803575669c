package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.ClientsResource;
import org.keycloak.representations.idm.ClientRepresentation;

/** {@code samples.jar device}, as a process (RFC 8628): with a client like {@code desktop} that may ask every second. */
@ExtendWith(RunningStack.class)
class DeviceSampleIT {

    private static final String LINK = "Or open ";

    @TempDir
    private Path directory;

    private final Browser phone = new Browser();
    private final String client = "device-" + UUID.randomUUID();
    private StackSettings settings;
    private SampleDesktop device;
    private Keycloak admin;
    private ClientsResource clients;

    @BeforeEach
    void makeClient(Running running) throws Exception {
        settings = running.settings();
        device = SampleDesktop.withKeychain(directory);
        admin = Keycloak.getInstance(
                settings.keycloakUrl(),
                "master",
                Secrets.ADMIN,
                settings.secrets().admin(),
                "admin-cli");
        clients = admin.realm("latchkey").clients();
        ClientRepresentation impatient = clients.findByClientId("desktop").get(0);
        impatient.setId(null);
        impatient.setClientId(client);
        impatient.setName("Television");
        impatient.getAttributes().put("oauth2.device.polling.interval", "1");
        clients.create(impatient).close();
    }

    @AfterEach
    void removeClient() {
        clients.get(clients.findByClientId(client).get(0).getId()).remove();
        admin.close();
        phone.close();
    }

    @Test
    @DisplayName(
            "Given the person follows the link, then they see who asks, agree, and the device is signed in and stays so")
    void success() throws Exception {
        try (SampleProgram program = start()) {
            assertThat(program.line("On your phone or computer, open ")).isEqualTo(settings.issuer() + "/device");
            String code = program.line("and enter the code ");
            String link = program.line(LINK);
            assertThat(link).isEqualTo(settings.issuer() + "/device?user_code=" + code);
            HtmlPage question = questionAt(link);
            assertThat(question.asNormalizedText()).contains("Television");

            question.getElementById("kc-login").click();

            assertThat(program.ends(0)).contains("GET /v1/me: 200", "alice@example.test");
        }
        try (SampleProgram again = start()) {
            assertThat(again.ends(0)).contains("GET /v1/me: 200").doesNotContain("open");
        }
        assertThat(device.arguments()).noneMatch(line -> line.contains(device.secret("refresh")));
    }

    @Test
    @DisplayName(
            "Given a person who is signed in already follows a stranger's link, then they are asked all the same, and no code is kept by refusing")
    void denial() throws Exception {
        try (SampleProgram program = start()) {
            questionAt(program.line(LINK)).getElementById("kc-login").click();
            program.ends(0);
        }
        device.forget("refresh");
        try (SampleProgram program = start()) {
            HtmlPage question = (HtmlPage) phone.open(program.line(LINK));
            assertThat(question.getElementById("username")).isNull();
            assertThat(question.asNormalizedText()).contains("Television");

            question.getElementById("kc-cancel").click();

            assertThat(program.ends(1)).contains("Not signed in: it was refused.");
            assertThat(device.keeps("refresh")).isFalse();
        }
    }

    @Test
    @DisplayName("Given the code expires, then the program says so")
    void expiry() throws Exception {
        ClientRepresentation shortLived = clients.findByClientId(client).get(0);
        shortLived.getAttributes().put("oauth2.device.code.lifespan", "2");
        clients.get(shortLived.getId()).update(shortLived);

        try (SampleProgram program = start()) {
            assertThat(program.ends(1)).contains("Not signed in: the code has expired.");
        }
    }

    @Test
    @DisplayName("Given slow_down, then the program asks five seconds less often and still signs in")
    void slowDown() throws Exception {
        try (Wire wire = new Wire()) {
            wire.doubling("device_code=");
            try (SampleProgram program =
                    SampleProgram.start(settings, device, wire.javaOptions(), "device", "--client", client)) {
                String link = program.line(LINK);
                program.line("Asking every 6 seconds from now on.");
                questionAt(link).getElementById("kc-login").click();
                assertThat(program.ends(0)).contains("GET /v1/me: 200");
            }
        }
    }

    @Test
    @DisplayName("Given nobody enters the code, then the program gives up; given it is cancelled, at once")
    void givenUp() throws Exception {
        try (SampleProgram program = start("--timeout", "2")) {
            assertThat(program.ends(1)).contains("nobody did so in 2 seconds");
        }
        try (SampleProgram program = start()) {
            program.line(LINK);
            program.cancel();
            assertThat(program.ends(143)).contains("Cancelled.");
        }
    }

    @Test
    @DisplayName("Given a device code, then it works for its client only, and once")
    void stolenCode() throws Exception {
        Map<String, Object> given = Http.json(Http.postForm(
                settings.issuer() + "/protocol/openid-connect/auth/device",
                Map.of("client_id", client, "scope", "openid")));
        questionAt((String) given.get("verification_uri_complete"))
                .getElementById("kc-login")
                .click();
        String code = (String) given.get("device_code");

        assertThat(redeem("desktop", code).statusCode()).isEqualTo(400);
        assertThat(redeem(client, code).statusCode()).isEqualTo(200);
        assertThat(Http.json(redeem(client, code))).containsEntry("error", "invalid_grant");
    }

    private HttpResponse<String> redeem(String by, String code) {
        return Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "client_id",
                        by,
                        "device_code",
                        code));
    }

    private SampleProgram start(String... arguments) throws Exception {
        return SampleProgram.start(
                settings,
                device,
                Stream.concat(Stream.of("device", "--client", client), List.of(arguments).stream())
                        .toArray(String[]::new));
    }

    /** The page that asks whether the device may sign in, after the password. */
    private HtmlPage questionAt(String link) throws Exception {
        HtmlPage login = (HtmlPage) phone.open(link);
        ((HtmlInput) login.getElementById("username")).setValue("alice");
        ((HtmlInput) login.getElementById("password")).setValue("alice");
        return login.getElementById("kc-login").click();
    }
}
