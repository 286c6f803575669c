package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import dev.latchkey.realm.account.WhichAccount;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command that answers a lawful request, on people and services who have signed in. */
@ExtendWith(RunningStack.class)
class WhichAccountIT {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private StackSettings settings;
    private Path audit;

    @BeforeEach
    void prepare(Running running) {
        settings = running.settings();
        audit = directory.resolve("audit.log");
        environment.put("KEYCLOAK_URL", settings.keycloakUrl());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", Secrets.ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", settings.secrets().admin());
        environment.put("ACTOR_UID_SECRET", settings.secrets().actorUidSecret());
    }

    @Test
    @DisplayName(
            "Given an actor_uid of a person or a service, then the account, and a line on the record that does not name it")
    void found() throws Exception {
        Tokens person = new SignIn(settings).withPassword("alice", "alice");
        Tokens service = Tokens.of(Http.json(Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token",
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "backend",
                        "client_secret", settings.secrets().backendClient()))));

        for (Tokens tokens : List.of(person, service)) {
            assertThat(ask(tokens.claim("actor_uid"))).as(err.toString()).isZero();
            assertThat(out.toString().strip()).endsWith(tokens.accessClaims().getSubject());
        }
        assertThat(Files.readAllLines(audit))
                .hasSize(2)
                .first()
                .asString()
                .contains(person.claim("actor_uid"), "court order 7/26", "the court", "found", Secrets.ADMIN)
                .doesNotContain(
                        person.accessClaims().getSubject(),
                        "alice",
                        settings.secrets().actorUidSecret());
    }

    @Test
    @DisplayName("Given an actor_uid of nobody, or another secret, then no answer, on the record too")
    void nobody() throws Exception {
        Tokens tokens = new SignIn(settings).withPassword("alice", "alice");

        assertThat(ask("A".repeat(43))).isEqualTo(1);
        environment.put("ACTOR_UID_SECRET", "another secret of more than 32 bytes");
        assertThat(ask(tokens.claim("actor_uid"))).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(Files.readAllLines(audit))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("nobody"));
    }

    @Test
    @DisplayName("Given no record can be kept, then no answer")
    void unrecorded() throws Exception {
        Tokens tokens = new SignIn(settings).withPassword("alice", "alice");
        audit = directory.resolve("there/is/no/such/directory");

        assertThat(ask(tokens.claim("actor_uid"))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @DisplayName("Given Keycloak does not let the administrator in, then no answer, and the attempt is on the record")
    void refused() throws Exception {
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", "wrong");

        assertThat(ask("A".repeat(43))).isEqualTo(2);
        assertThat(Files.readAllLines(audit)).singleElement().asString().contains("failed");
    }

    private int ask(String actorUid) {
        List<String> arguments = new ArrayList<>(List.of("--actor-uid", actorUid, "--reason", "court order 7/26"));
        arguments.addAll(List.of("--asked-by", "the court", "--audit-log", audit.toString()));
        return new WhichAccount(environment, stream(out), stream(err)).run(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
