package dev.latchkey.api.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.rowsecurity.BindingFailedException;
import dev.latchkey.rowsecurity.InvalidOwnerException;
import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.PolicyViolationException;
import dev.latchkey.rowsecurity.RowSecurityException;
import dev.latchkey.rowsecurity.UnboundException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.orm.jpa.JpaSystemException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class FaultsTest {

    static Stream<RowSecurityException> refusals() {
        return Stream.of(
                new UnboundException("x"),
                new InvalidOwnerException("x"),
                new OwnerChangedException("x"),
                new PolicyViolationException("x", new SQLException("x", "42501")),
                new BindingFailedException("x", new SQLException("x", "08006")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalOfRowSecurityKeepsItsCodeHoweverItIsWrapped(RowSecurityException refusal) {
        assertThat(Faults.codeOf(refusal).code()).isEqualTo(refusal.code());
        assertThat(Faults.codeOf(new IllegalStateException(new JpaSystemException(refusal)))
                        .code())
                .isEqualTo(refusal.code());
    }

    @ParameterizedTest
    @CsvSource({
        "42501, POLICY_VIOLATION",
        "23503, INVALID_FIELD",
        "40001, EDIT_CONFLICT",
        "55P03, UNAVAILABLE",
        "57014, UNAVAILABLE",
        "55P03, UNAVAILABLE",
        "25006, INTERNAL_ERROR"
    })
    void errorOfPostgresIsToldByItsState(String state, ErrorCode code) {
        assertThat(Faults.codeOf(new IllegalStateException(new SQLException("x", state))))
                .isEqualTo(code);
    }

    /** As bodies are read. */
    @Test
    void numberThatTheJsonParserCannotHoldIsMalformed_andAnyOtherIsOurFault() {
        JsonMapper json = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();

        assertThat(Faults.codeOf(catchThrowable(() -> json.readTree("[0.1e-2147483649]"))))
                .isEqualTo(ErrorCode.MALFORMED_JSON);
        assertThat(Faults.codeOf(catchThrowable(() -> Integer.parseInt("x")))).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void queryThatTomcatCannotReadIsABadRequest() {
        assertThat(Faults.codeOf(new InvalidParameterException("x"))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({"501", "505", "414", "417"})
    void statusThatHasNoCodeIsAboutTheRequest(int status) {
        assertThat(ErrorCode.of(status)).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void anythingElseIsAnInternalError() {
        assertThat(Faults.codeOf(new IllegalStateException("x"))).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }
}
