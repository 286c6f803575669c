package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import dev.latchkey.localstack.social.Person;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.DockerClientFactory;

/** Who people are outlives Keycloak's process: nothing of it is kept in memory, or made anew by applying the realm. */
@ExtendWith(RunningStack.class)
class RestartContainerIT {

    @Test
    @DisplayName(
            "Given Keycloak is restarted and its realm applied anew, then people are who they were, with a password and through a provider")
    void restarted(Running running) throws Exception {
        RealProviders.apply(running);
        BrokeredPeople people = new BrokeredPeople(running);
        Person brokered = people.verified();
        Person local = people.verified();
        people.account(local.login(), local.email(), true);
        List<String> before = List.of(withPassword(running, local), throughGitHub(running, brokered));

        restartKeycloak(running.settings());
        RealProviders.apply(running);

        assertThat(List.of(withPassword(running, local), throughGitHub(running, brokered)))
                .isEqualTo(before);
    }

    private static String withPassword(Running running, Person person) throws Exception {
        try (Browser browser = RealProviders.browser(running)) {
            return who(RealProviders.signIn(running, browser).withPassword(person.login(), BrokeredPeople.PASSWORD));
        }
    }

    private static String throughGitHub(Running running, Person person) throws Exception {
        try (Browser browser = RealProviders.browser(running)) {
            return who(RealProviders.signIn(running, browser).with("github", person));
        }
    }

    private static String who(Tokens tokens) {
        return "%s owns %s".formatted(tokens.claim("actor_uid"), tokens.claim("owner_id"));
    }

    private static void restartKeycloak(StackSettings settings) {
        DockerClient docker = DockerClientFactory.instance().client();
        String container = docker.listContainersCmd()
                .withLabelFilter(Map.of("dev.latchkey.keycloak", settings.keycloakUrl()))
                .exec()
                .get(0)
                .getId();
        docker.restartContainerCmd(container).withTimeout(30).exec();
        HttpRequest realm =
                HttpRequest.newBuilder(URI.create(settings.issuer())).build();
        await().atMost(settings.patience())
                .ignoreExceptions()
                .until(() -> Http.send(realm).statusCode() == 200);
    }
}
