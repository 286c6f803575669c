package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import dev.latchkey.localstack.social.Person;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code samples.jar desktop}, as a process; the system browser is a {@link Browser}. */
@ExtendWith(RunningStack.class)
class DesktopSampleIT {

    private static final String ADDRESS = "http";

    @TempDir
    private Path directory;

    private final Browser browser = new Browser();
    private StackSettings settings;
    private SampleDesktop desktop;

    @BeforeEach
    void prepare(Running running) throws Exception {
        settings = running.settings();
        desktop = SampleDesktop.withKeychain(directory);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    @DisplayName("Given nobody is signed in, then the browser is asked once, and the tokens are in the keychain only")
    void signIn() throws Exception {
        try (SampleProgram program = start()) {
            String address = program.line(ADDRESS);
            Page last = signInAt(address);

            assertThat(program.ends(0)).contains("GET /v1/me: 200", "alice@example.test");
            assertThat(desktop.opened()).containsExactly(ADDRESS + address);
            assertThat(((HtmlPage) last).asNormalizedText()).contains("Signed in", "You can close this window");
        }
        assertThat(run()).contains("GET /v1/me: 200", "alice@example.test");
        assertThat(desktop.opened()).hasSize(1);

        String access = desktop.secret("access").split(" ")[1];
        assertThat(desktop.arguments())
                .isNotEmpty()
                .noneMatch(line -> line.contains(access) || line.contains(desktop.secret("refresh")));
        assertThat(desktop.files()).isEmpty();
    }

    @Test
    @DisplayName("Given two processes that need a token at the same time, then one refreshes for both")
    void refreshOnce() throws Exception {
        signedIn();
        String spent = desktop.secret("refresh");
        long storesBefore = stores();
        desktop.forget("access");

        try (SampleProgram one = start();
                SampleProgram other = start()) {
            assertThat(one.ends(0)).contains("GET /v1/me: 200").doesNotContain("could not be renewed");
            assertThat(other.ends(0)).contains("GET /v1/me: 200").doesNotContain("could not be renewed");
        }
        assertThat(stores() - storesBefore).isEqualTo(1);
        assertThat(desktop.secret("refresh")).isNotEqualTo(spent);
        assertThat(desktop.opened()).hasSize(1);
    }

    @Test
    @DisplayName(
            "Given the answer to a refresh is lost, then the browser's cookie signs in again, and nobody types anything")
    void lostAnswer() throws Exception {
        signedIn();
        desktop.forget("access");
        try (Wire wire = new Wire()) {
            wire.losing("grant_type=refresh_token");
            try (SampleProgram program = SampleProgram.start(settings, desktop, wire.javaOptions(), "desktop")) {
                program.line("The sign-in could not be renewed.");
                Page last = browser.open(ADDRESS + program.line(ADDRESS));

                assertThat(((HtmlPage) last).asNormalizedText()).contains("Signed in");
                assertThat(program.ends(0)).contains("GET /v1/me: 200", "alice@example.test");
            }
        }
        desktop.forget("access");
        assertThat(run()).contains("GET /v1/me: 200").doesNotContain("could not be renewed");
    }

    @Test
    @DisplayName(
            "Given the answer to a refresh is lost and the person gives up, then the old token is never sent again")
    void lostAnswerAndGivenUp() throws Exception {
        signedIn();
        desktop.forget("access");
        try (Wire wire = new Wire()) {
            wire.losing("grant_type=refresh_token");
            try (SampleProgram program = SampleProgram.start(settings, desktop, wire.javaOptions(), "desktop")) {
                program.line("The sign-in could not be renewed.");
                program.line(ADDRESS);
                program.cancel();
                program.ends(143);
            }
        }
        assertThat(desktop.keeps("refresh")).isFalse();
    }

    @Test
    @DisplayName(
            "Given requests that answer another sign-in, then they change nothing, and the right answer counts once")
    void forgedAnswers() throws Exception {
        try (SampleProgram program = start()) {
            String address = ADDRESS + program.line(ADDRESS);
            Map<String, String> question = SignIn.query(URI.create(address).getRawQuery());
            String callback = question.get("redirect_uri");
            String state = question.get("state");
            String issuer = settings.issuer();
            for (Map<String, String> forged : List.of(
                    Map.of("code", "stolen", "state", "other", "iss", issuer),
                    Map.of("code", "stolen", "iss", issuer),
                    Map.of("code", "stolen", "state", state),
                    Map.of("code", "stolen", "state", state, "iss", "https://evil.example"),
                    Map.of("error", "access_denied", "state", "other", "iss", issuer))) {
                assertThat(get(callback + "?" + Http.encode(forged)))
                        .as(forged.toString())
                        .isEqualTo(400);
            }
            URI listener = URI.create(callback);
            try (Socket half = new Socket(listener.getHost(), listener.getPort())) {
                half.getOutputStream().write('G');
                assertThat(get(callback)).isEqualTo(400);
            }
            assertThat(get(callback + "/x?code=a")).isEqualTo(404);

            signInAt(address.substring(ADDRESS.length()));
            assertThat(program.ends(0)).contains("GET /v1/me: 200");
            assertThatThrownBy(() -> get(callback)).hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    @DisplayName("Given the person refuses in the browser, then the program says so and keeps nothing")
    void denied() throws Exception {
        try (SampleProgram program = start()) {
            Map<String, String> question =
                    SignIn.query(URI.create(ADDRESS + program.line(ADDRESS)).getRawQuery());
            String answer = Http.encode(
                    Map.of("error", "access_denied", "state", question.get("state"), "iss", settings.issuer()));
            assertThat(get(question.get("redirect_uri") + "?" + answer)).isEqualTo(200);

            assertThat(program.ends(1)).contains("Not signed in: it was refused in the browser.");
            assertThat(desktop.keeps("refresh")).isFalse();
        }
    }

    @Test
    @DisplayName("Given nobody answers, then the program gives up; given it is cancelled, at once")
    void givenUp() throws Exception {
        try (SampleProgram program = start("--timeout", "1")) {
            assertThat(program.ends(1)).contains("no answer from the browser in 1 seconds");
        }
        try (SampleProgram program = start()) {
            program.line(ADDRESS);
            program.cancel();
            assertThat(program.ends(143)).contains("Cancelled.");
        }
        assertThat(desktop.keeps("refresh")).isFalse();
    }

    @Test
    @DisplayName(
            "Given the browser is signed in as alice, then --provider and --choose-account lead straight to the provider, and whoever is chosen there is signed in")
    void anotherAccount() throws Exception {
        signedIn();
        String ofAlice = desktop.secret("refresh");
        try (SampleProgram program = start("--provider", "google", "--choose-account")) {
            HtmlPage chooser = (HtmlPage) browser.open(ADDRESS + program.line(ADDRESS));
            assertThat(chooser.getUrl().toString()).startsWith(settings.socialUrl() + "/google");
            assertThat(SignIn.query(chooser.getUrl().getQuery())).containsEntry("prompt", "select_account");

            chooser.getElementById("person-" + Person.ADA.login()).click();

            assertThat(program.ends(0)).contains("GET /v1/me: 200", Person.ADA.email());
        }
        assertThat(refresh(ofAlice).statusCode())
                .as("other applications stay signed in as alice")
                .isEqualTo(200);
        try (SampleProgram program = start("--provider", "github", "--choose-account")) {
            HtmlPage chooser = (HtmlPage) browser.open(ADDRESS + program.line(ADDRESS));
            assertThat(chooser.getUrl().toString()).startsWith(settings.socialUrl() + "/github");
            assertThat(SignIn.query(chooser.getUrl().getQuery())).containsEntry("prompt", "select_account");
        }
    }

    @Test
    @DisplayName("Given --sign-out, then the tokens are dead and gone, and the browser is signed out too")
    void signOut() throws Exception {
        signedIn();
        String refresh = desktop.secret("refresh");

        assertThat(run("--choose-account", "--sign-out")).contains("Signed out.");

        assertThat(desktop.keeps("refresh") || desktop.keeps("access")).isFalse();
        assertThat(Http.json(refresh(refresh))).containsEntry("error", "invalid_grant");
        try (SampleProgram program = start()) {
            Page page = browser.open(ADDRESS + program.line(ADDRESS));
            assertThat(((HtmlPage) page).getElementById("username")).isNotNull();
        }
        try (SampleProgram program = start("--sign-out")) {
            assertThat(program.ends(1)).contains("Nobody is signed in here.").doesNotContain("Signed out");
        }
    }

    @Test
    @DisplayName("Given the server does not say that the sign-in has ended, then the program does not say so either")
    void notSignedOut() throws Exception {
        signedIn();
        try (Wire wire = new Wire()) {
            wire.losing("refresh_token=");
            try (SampleProgram program =
                    SampleProgram.start(settings, desktop, wire.javaOptions(), "desktop", "--sign-out")) {
                assertThat(program.ends(1))
                        .contains("Not signed out at the server")
                        .doesNotContain("Signed out.");
            }
        }
    }

    @Test
    @DisplayName("Given no keychain, then the program says so and leaves no token anywhere")
    void noKeychain(@TempDir Path other) throws Exception {
        desktop = SampleDesktop.withoutKeychain(other);
        try (SampleProgram program = start()) {
            program.line("There is no keychain here");
            signInAt(program.line(ADDRESS));
            assertThat(program.ends(0)).contains("GET /v1/me: 200");
        }
        assertThat(desktop.files()).isEmpty();
    }

    private SampleProgram start(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "desktop";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return SampleProgram.start(settings, desktop, all);
    }

    private String run(String... arguments) throws Exception {
        try (SampleProgram program = start(arguments)) {
            return program.ends(0);
        }
    }

    private void signedIn() throws Exception {
        try (SampleProgram program = start()) {
            signInAt(program.line(ADDRESS));
            program.ends(0);
        }
    }

    private Page signInAt(String address) throws Exception {
        HtmlPage login = (HtmlPage) browser.open(ADDRESS + address);
        ((HtmlInput) login.getElementById("username")).setValue("alice");
        ((HtmlInput) login.getElementById("password")).setValue("alice");
        return login.getElementById("kc-login").click();
    }

    private HttpResponse<String> refresh(String token) {
        return Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token",
                Map.of("grant_type", "refresh_token", "client_id", "desktop", "refresh_token", token));
    }

    private long stores() {
        return desktop.arguments().stream()
                .filter(line -> line.startsWith("store") && line.endsWith("entry refresh"))
                .count();
    }

    private static int get(String address) {
        return Http.send(HttpRequest.newBuilder(URI.create(address)).build()).statusCode();
    }
}
