package dev.latchkey.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorksIT {

    private final String owner = "owner-" + UUID.randomUUID();

    @Test
    void insertWhenOnlyATitleIsGivenThenTheRestHasItsDefaults() throws SQLException {
        try (Session session = Migrated.server().boundTo(owner)) {
            assertThat(session.text("""
                            insert into works (title) values (repeat('é', 500))
                            returning concat_ws(' ', owner_id, kind, authors, metadata, version, published_year is null, created_at = updated_at)""")).isEqualTo(owner + " other [] {} 0 t t");
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
                    title          | ''
                    title          | repeat('x', 501)
                    kind           | 'film'
                    authors        | '{}'
                    authors        | to_jsonb(array_fill('a'::text, array[51]))
                    metadata       | '[]'
                    metadata       | jsonb_build_object('k', repeat('x', 40000))
                    """)
    void insertWhenAFieldIsBeyondItsLimitThenRefused(String column, String value) throws SQLException {
        try (Session session = Migrated.server().boundTo(owner)) {
            String titled = column.equals("title") ? "" : ", title";
            String title = column.equals("title") ? "" : ", 'title'";
            assertThatThrownBy(() -> session.update(
                            "insert into works (%s%s) values (%s%s)".formatted(column, titled, value, title)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
        }
    }
}
