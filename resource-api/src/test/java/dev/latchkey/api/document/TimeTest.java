package dev.latchkey.api.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T09:30:00Z,             2026-01-31T09:30:00Z",
        "2026-01-31T09:30:00.1234567+01:00, 2026-01-31T08:30:00.123456Z",
        "9999-12-31T23:59:59.999999999Z,   9999-12-31T23:59:59.999999Z",
        "0000-01-01T00:00:00Z,             0000-01-01T00:00:00Z"
    })
    void givenATime_thenItIsReadToTheMicrosecond(String text, Instant time) {
        assertThat(Time.parse(text)).isEqualTo(time);
    }

    /** The last two would be shown with another form of year than they came with. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T10:00:00Z",
                "2026-01-01T00:00:00",
                "+1000000000-12-31T23:59:59Z",
                "10000-01-01T00:00:00Z",
                "2026-01-01T00:00:00+25:00",
                "\u0662\u0660\u0662\u0666-01-01T00:00:00Z",
                "9999-12-31T23:59:59-18:00",
                "0000-01-01T00:00:00+18:00"
            })
    void givenAnotherForm_thenItIsNone(String text) {
        assertThat(Time.parse(text)).isNull();
    }
}
