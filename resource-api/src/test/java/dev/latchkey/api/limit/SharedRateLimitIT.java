package dev.latchkey.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.rowsecurity.OwnerScope;
import io.github.bucket4j.ConsumptionProbe;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

@DirtiesContext
@TestPropertySource(properties = {"LATCHKEY_RATE_LIMIT_STORE=postgres", "LATCHKEY_RATE_LIMIT_WRITES=3"})
class SharedRateLimitIT extends ApiTest {

    private final String alice = newOwner();

    @Autowired
    private DataSource database;

    @Autowired
    private OwnerScope scope;

    private HttpResponse<String> write() {
        return post(alice, "/v1/works", "{\"title\":\"x\"}");
    }

    @Test
    void whatOneReplicaCountsAnotherKnows() throws SQLException {
        assertThat(write().statusCode()).isEqualTo(201);
        HttpResponse<String> refused = Stream.generate(this::write)
                .limit(50)
                .filter(response -> response.statusCode() == 429)
                .findFirst()
                .orElseThrow();
        assertProblem(refused, 429, "rate_limited");

        ConsumptionProbe another = new PostgresBudgets(database, scope).take("writes/3:" + alice, 3);

        // Full it would have two left.
        assertThat(another.getRemainingTokens()).isZero();
        assertThat(ids()).isNotEmpty().allSatisfy(id -> assertThat(id).matches("[0-9a-f]{64}"));
    }

    @Test
    void whatCannotBeCountedIsNotLetThrough() throws IOException {
        WIRE.broken(true);
        try {
            assertProblem(write(), 503, "unavailable");
        } finally {
            WIRE.broken(false);
        }
    }

    private static Stream<String> ids() throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery("select id from rate_limits")) {
            Stream.Builder<String> ids = Stream.builder();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids.build();
        }
    }
}
