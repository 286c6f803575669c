package dev.latchkey.keycloak.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    @Test
    void parseWhenSubjectHasColonsThenFirstColonSeparates() {
        Identity identity = Identity.parse("google:a:b");
        assertThat(identity).isEqualTo(new Identity("google", "a:b"));
        assertThat(identity.value()).isEqualTo("google:a:b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "google", ":subject", "google:"})
    void parseWhenAPartIsMissingThenRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.parse(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "client"})
    void ofBrokerWhenAliasPassesForAnotherKindOfAccountThenRefused(String alias) {
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.ofBroker(alias, "1"));
    }

    @Test
    void constructorWhenProviderHasColonThenRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Identity("a:b", "c"));
    }

    @Test
    void toStringWhenLoggedThenWithoutSubject() {
        assertThat(Identity.ofBroker("github", "4711")).asString().doesNotContain("4711");
    }
}
