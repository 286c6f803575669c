package dev.latchkey.keycloak.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedAccountTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            users/5c1d8f5e-3d2e-4c38-9f43-111111111111,                      5c1d8f5e-3d2e-4c38-9f43-111111111111
            users/f:8e2c:alice/reset-password,                               f:8e2c:alice
            users/5c1d8f5e-3d2e-4c38-9f43-111111111111/credentials/7,        5c1d8f5e-3d2e-4c38-9f43-111111111111
            organizations/0a/members/5c1d8f5e-3d2e-4c38-9f43-111111111111,   5c1d8f5e-3d2e-4c38-9f43-111111111111
            organizations/0a/groups/0b/members/5c1d8f5e-3d2e,                 5c1d8f5e-3d2e
            organizations/0a/groups/0b/members,
            organizations/0a/members,
            organizations/users/5c1d,
            clients/5c1d/users/5c1d,
            users,
            users/,
            """)
    void inWhenPathThenAccount(String path, String account) {
        assertThat(ChangedAccount.in(path).orElse(null)).isEqualTo(account);
    }
}
