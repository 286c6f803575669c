package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningStack.class)
class LinkingIT {

    @Test
    @DisplayName(
            "Given an account of somebody at GitHub, then the same e-mail at Google does not open it without proof")
    void sameEmail(Running running) throws Exception {
        Tokens before = new SignIn(running.settings()).with("github", Person.GRACE);

        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> new SignIn(running.settings()).with("google", Person.GRACE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Account already exists");
        }

        Tokens after = new SignIn(running.settings()).with("github", Person.GRACE);
        assertThat(after.claim("owner_id")).isEqualTo(before.claim("owner_id"));
        assertThat(after.claim("actor_uid")).isEqualTo(before.claim("actor_uid"));
    }
}
