package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.journey.RunningStack.Running;
import jakarta.ws.rs.ServerErrorException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that nobody else can see are not an administrator's either: Keycloak's feature {@code impersonation} is off. */
@ExtendWith(RunningStack.class)
class ImpersonationIT {

    @Test
    @DisplayName("Given an administrator with every right, then no sign-in as somebody else")
    void refused(Running running) {
        Members members = new Members(running.settings());
        var person = members.realm().users().get(members.person(Members.newName()));

        assertThatExceptionOfType(ServerErrorException.class)
                .isThrownBy(person::impersonate)
                .satisfies(
                        refusal -> assertThat(refusal.getResponse().getStatus()).isEqualTo(501));
        assertThat(person.getUserSessions()).isEmpty();
    }
}
