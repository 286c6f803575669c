package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.resource.RealmResource;

/** An app whose tokens of providers are refused, and the accounts that have to stay as they are. */
@ExtendWith(RunningStack.class)
abstract class ProviderTokenRefusals {

    Running running;
    ProviderTokens app;
    RealmResource realm;

    /** How many there are to be after a refusal. */
    int accounts;

    @BeforeEach
    void countAccounts(Running running) {
        this.running = running;
        RealProviders.apply(running);
        app = new ProviderTokens(running);
        realm = RealProviders.admin(running);
        accounts = realm.users().count();
    }

    @AfterEach
    void upstreamsAreWell() {
        running.upstreams().behave();
    }

    /** What a refusal says, to compare two. */
    record HttpAnswer(int status, Map<String, Object> body) {}

    HttpAnswer assertRefused(Map<String, String> form, int status, String error, String description) {
        var answer = app.send(form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        Map<String, Object> body = Http.json(answer);
        assertThat(body).containsEntry("error", error).doesNotContainKey("access_token");
        assertThat(String.valueOf(body.get("error_description"))).contains(description);
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status >= 429);
        assertThat(realm.users().count()).as("accounts").isEqualTo(accounts);
        return new HttpAnswer(status, body);
    }
}
