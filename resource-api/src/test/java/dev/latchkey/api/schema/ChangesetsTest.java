package dev.latchkey.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangesetsTest {

    @Test
    void whenTheBuildIsAsked_thenItKnowsTheChangesetsOfEveryChangelog() {
        assertThat(Changesets.expected().names())
                .contains("roles.sql:roles", "app_users.sql:anchor-owner", "works.sql:works", "app.sql:app-protect");
    }

    @Test
    void whenTheDatabaseHasMore_thenNothingIsMissing() {
        Changesets expected = Changesets.of("a.sql:one b.sql:two");

        assertThat(expected.without(Changesets.of("a.sql:one b.sql:two c.sql:three"))
                        .names())
                .isEmpty();
        assertThat(expected.without(Changesets.of("b.sql:two")).names()).containsExactly("a.sql:one");
        assertThat(expected.without(Changesets.of("")).names()).hasSize(2);
    }
}
