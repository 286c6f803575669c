package dev.latchkey.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.api.ResourceApi;
import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.api.testkit.TestTokens;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SchemaBehindIT {

    @Test
    void givenAChangesetIsNotApplied_whenTheApiStarts_thenOneSentenceNamesItAndTheCommand(CapturedOutput output)
            throws SQLException {
        String applied = applied();
        assertThat(applied).contains("works.sql:works-comment");
        publish(applied.replace(" works.sql:works-comment", "") + " later.sql:of-the-next-release");
        try {
            assertThatThrownBy(SchemaBehindIT::start).hasRootCauseInstanceOf(SchemaBehindException.class);
        } finally {
            publish(applied);
        }

        assertThat(output.getAll())
                .contains("one changeset is not applied, the first is works.sql:works-comment")
                .contains("docker compose run --rm migrate")
                .doesNotContain("\tat dev.latchkey");
    }

    private static void start() {
        new SpringApplicationBuilder(ResourceApi.class)
                .run(
                        "--LATCHKEY_DB_URL=jdbc:postgresql://localhost:" + TestDatabase.port() + "/latchkey",
                        "--LATCHKEY_APP_PASSWORD=" + TestDatabase.APP_PASSWORD,
                        "--LATCHKEY_BINDING_KEY=" + TestDatabase.BINDING_KEY,
                        "--LATCHKEY_ISSUER=" + TestTokens.ISSUER,
                        "--server.port=0",
                        "--management.server.port=0")
                .close();
    }

    private static String applied() throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement statement = superuser.createStatement();
                ResultSet comment =
                        statement.executeQuery("select obj_description('liquibase'::regnamespace, 'pg_namespace')")) {
            comment.next();
            return comment.getString(1);
        }
    }

    private static void publish(String applied) throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("comment on schema liquibase is " + statement.enquoteLiteral(applied));
        }
    }
}
