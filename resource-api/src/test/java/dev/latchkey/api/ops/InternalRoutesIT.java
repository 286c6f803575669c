package dev.latchkey.api.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

class InternalRoutesIT {

    private static String operator() {
        return TestTokens.with(
                "operator", claims -> claims.claim("app_metadata", Map.of("permissions", List.of("sync", "ops"))));
    }

    private static final String RETENTION = "/internal/ops/retention";
    private static final String REPLAY = "/internal/ops/replay";
    private static final String RECONCILIATION = "/internal/ops/reconciliation";

    private static HttpRequest.Builder posting(HttpRequest.Builder request) {
        return request.POST(HttpRequest.BodyPublishers.noBody());
    }

    @Nested
    class SwitchedOff extends ApiTest {

        @ParameterizedTest
        @ValueSource(strings = {RETENTION, REPLAY, RECONCILIATION})
        void thenNobodyCanSendToThem(String path) {
            assertProblem(
                    send(posting(request(path).header("Authorization", "Bearer " + operator()))), 404, "not_found");
            assertProblem(send(posting(request(path))), 401, "token_missing");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/internal/ops/doctor",
                    "/internal/debug/error",
                    "/internal/debug/threads",
                    "/internal/debug/pool",
                    "/internal/nothing"
                })
        void thenTheyAreNotThere(String path) {
            assertProblem(send(request(path).header("Authorization", "Bearer " + operator())), 404, "not_found");
            assertProblem(get(newOwner(), path), 404, "not_found");
            assertProblem(send(request(path)), 401, "token_missing");
        }
    }

    @Nested
    @TestPropertySource(properties = {"ENABLE_INTERNAL_OPS_ROUTES=true", "ENABLE_DEBUG_ROUTES=true"})
    class SwitchedOn extends ApiTest {

        private HttpResponse<String> asOperator(String path) {
            return send(request(path).header("Authorization", "Bearer " + operator()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/internal/ops/doctor",
                    "/internal/debug/error",
                    "/internal/debug/threads",
                    "/internal/debug/pool"
                })
        void givenNoOperator_thenTheyAreForbidden(String path) {
            assertProblem(get(newOwner(), path), 403, "forbidden");
            assertProblem(send(request(path)), 401, "token_missing");
            assertProblem(
                    send(request(path)
                            .header(
                                    "Authorization",
                                    "Bearer "
                                            + TestTokens.with(
                                                    "no-list",
                                                    claims -> claims.claim("app_metadata", Map.of("permissions", "ops"))
                                                            .claim(
                                                                    "user_metadata",
                                                                    Map.of("permissions", List.of("ops")))
                                                            .claim("permissions", List.of("ops"))
                                                            .claim(
                                                                    "realm_access",
                                                                    Map.of("roles", List.of("admin", "ops")))))),
                    403,
                    "forbidden");
        }

        @ParameterizedTest
        @ValueSource(strings = {RETENTION, REPLAY, RECONCILIATION})
        void givenNoOperator_thenNothingIsDone(String path) {
            assertProblem(
                    send(posting(request(path).header("Authorization", "Bearer " + TestTokens.of(newOwner())))),
                    403,
                    "forbidden");
            assertProblem(send(posting(request(path))), 401, "token_missing");
        }

        @Test
        void givenAnOperator_thenTheDoctorTellsWhatItFinds() {
            HttpResponse<String> report = asOperator("/internal/ops/doctor");

            assertThat(report.statusCode()).isEqualTo(200);
            assertThat(json(report).path("findings").isEmpty()).isTrue();
            assertThat(json(report).path("examined_at").stringValue()).endsWith("Z");
        }

        @Test
        void givenAnOperator_thenTheDebugRoutesAnswer() {
            assertProblem(asOperator("/internal/debug/error"), 500, "internal_error");
            assertThat(asOperator("/internal/debug/threads").body()).contains("DebugController");
            assertThat(json(asOperator("/internal/debug/pool")).path("max").doubleValue())
                    .isEqualTo(1.0);
            assertProblem(asOperator("/internal/debug/nothing"), 404, "not_found");
        }
    }
}
