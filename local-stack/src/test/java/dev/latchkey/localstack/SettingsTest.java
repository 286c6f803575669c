package dev.latchkey.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static StackSettings settings(Map<String, String> environment) {
        return StackSettings.from(environment, Path.of("state"), Path.of("parts"), false);
    }

    @Test
    void fromWhenNothingIsSetThenDocumentedDefaults() {
        StackSettings settings = settings(Map.of());

        assertThat(settings.ports()).isEqualTo(new Ports(8080, 8180, 15432, 8190, 8191, 8192));
        assertThat(settings.issuer()).isEqualTo("http://localhost:8180/realms/latchkey");
        assertThat(settings.google()).isNull();
        assertThat(settings.github()).isNull();
        assertThat(settings.secrets().actorUidSecret()).isEqualTo("local-stack-only-actor-uid-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "LATCHKEY_API_PORT", "LATCHKEY_KEYCLOAK_PORT", "LATCHKEY_POSTGRES_PORT",
        "LATCHKEY_SOCIAL_PORT", "LATCHKEY_MAIL_PORT", "LATCHKEY_SMTP_PORT"
    })
    void fromWhenPortIsNoPortThenNamesVariableAndValue(String variable) {
        for (String value : new String[] {"0", "65536", "-1", "http"}) {
            assertThatThrownBy(() -> settings(Map.of(variable, value)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContainingAll(variable, value);
        }
        assertThat(settings(Map.of(variable, "4711")).ports().toString()).contains("4711");
    }

    @Test
    void fromWhenOnlyHalfOfCredentialsIsSetThenNamesBoth() {
        assertThatThrownBy(() -> settings(Map.of("GITHUB_CLIENT_ID", "id")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET");
        assertThat(settings(Map.of("GOOGLE_CLIENT_ID", "id", "GOOGLE_CLIENT_SECRET", "secret"))
                        .google())
                .isEqualTo(new UpstreamClient("id", "secret"));
    }

    @Test
    void requireFreeWhenTwoVariablesNameTheSamePortThenNamesBoth() {
        Ports free = Ports.free();
        Ports same = new Ports(free.api(), free.api(), free.postgres(), free.social(), free.mail(), free.smtp());

        assertThatThrownBy(same::requireFree)
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("LATCHKEY_API_PORT", "LATCHKEY_KEYCLOAK_PORT");
    }
}
