package dev.latchkey.keycloak.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceRoleTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            /owner,          owner
            /admin,          admin
            /admin /owner,   owner
            /team /admin,    admin
            /team,           member
            /team/owner,     member
            /Owner,          member
            /owners,         member
            owner,           member
            /member,         member
            '',              member
            """)
    void ofWhenInGroupsThenTheHighestThatOneOfThemNames(String groups, String role) {
        assertThat(WorkspaceRole.of(List.of(groups.split(" "))).claim()).isEqualTo(role);
    }
}
