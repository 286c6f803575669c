package dev.latchkey.keycloak.linking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewAccountTest {

    /** As an admin's mapper of a broker may write them, after the decision about who this is. */
    @Test
    void furtherWhenItHasEMailOrUserNameThenWithoutThem() {
        assertThat(NewAccount.further(Map.of(
                        "email", List.of("alice@example.test"),
                        "username", List.of("alice"),
                        "display_name", List.of("Mallory"))))
                .isEqualTo(Map.of("display_name", List.of("Mallory")));
    }
}
