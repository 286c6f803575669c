package dev.latchkey.api.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.api.testkit.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

class RetentionIT {

    private static final String PATH = "/internal/ops/retention";

    private static String operator() {
        return "Bearer "
                + TestTokens.with(
                        "operator", claims -> claims.claim("app_metadata", Map.of("permissions", List.of("ops"))));
    }

    @Nested
    @TestPropertySource(
            properties = {
                "ENABLE_INTERNAL_OPS_ROUTES=true",
                "LATCHKEY_AUDIT_MONTHS=12",
                "LATCHKEY_MAINTENANCE_PASSWORD=" + TestDatabase.MAINTENANCE_PASSWORD
            })
    class WithTheRolesPassword extends ApiTest {

        private final String owner = newOwner();

        @Test
        void thenWhatIsDueGoesAndTheRestStays() throws SQLException {
            post(owner, "/v1/works", "{\"title\":\"so that the owner is known\"}");
            superuser("insert into receipts (owner_id, kind, key, fingerprint, receipt, created_at) select '" + owner
                    + "', 'op', age, repeat('0', 64), '{}', now() - age::interval"
                    + " from unnest(array['31 days', '29 days']) age");
            superuser("create table audit_200001 partition of audit"
                    + " for values from ('2000-01-01+0') to ('2000-02-01+0');"
                    + "alter table audit_200001 owner to latchkey_owner");

            HttpResponse<String> retained = retain();

            assertThat(retained.statusCode()).as(retained.body()).isEqualTo(200);
            assertThat(json(retained).path("receipts").longValue()).isEqualTo(1);
            assertThat(json(retained).path("rate_limits").isNumber()).isTrue();
            assertThat(json(retained).path("audit").valueStream().map(line -> line.stringValue()))
                    .contains("dropped audit_200001");
            assertThat(json(retain()).path("receipts").longValue()).isZero();
            assertThat(superuser("delete from receipts where owner_id = '" + owner + "' and key = '29 days'"))
                    .isEqualTo(1);
        }

        @Test
        void thenNobodyElseMayAsk() {
            assertProblem(send(as(owner, PATH).POST(BodyPublishers.noBody())), 403, "forbidden");
            assertProblem(send(request(PATH).POST(BodyPublishers.noBody())), 401, "token_missing");
        }

        @Test
        void thenAGetDoesNothing() {
            assertProblem(send(request(PATH).header("Authorization", operator())), 405, "method_not_allowed");
        }

        private HttpResponse<String> retain() {
            return send(request(PATH).header("Authorization", operator()).POST(BodyPublishers.noBody()));
        }

        private int superuser(String sql) throws SQLException {
            try (var connection = TestDatabase.superuser();
                    var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        }
    }

    @Nested
    @TestPropertySource(properties = "ENABLE_INTERNAL_OPS_ROUTES=true")
    class WithoutIt extends ApiTest {

        @Test
        void thenItIsNotThere() {
            assertProblem(
                    send(request(PATH).header("Authorization", operator()).POST(BodyPublishers.noBody())),
                    404,
                    "not_found");
        }
    }

    @Test
    void givenNoMonthIsKept_thenItIsSaid() {
        assertThatThrownBy(() -> new RetentionSettings("", 0)).hasMessageContaining("LATCHKEY_AUDIT_MONTHS");
    }
}
