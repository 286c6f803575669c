package dev.latchkey.realm.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--actor-uid",
                "--actor-uid AAAA --reason r --asked-by a --audit-log f",
                "--actor-uid AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA --asked-by a --audit-log f",
                "--actor-uid AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA --reason r --audit-log f",
                "--actor-uid AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA --reason r --asked-by a",
                "--secret 01234567890123456789012345678901 --reason r"
            })
    void whatIsIncompleteIsNotAsked(String arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = new WhichAccount(
                        Map.of(), new PrintStream(out), new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));

        assertThat(status).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("which-account --actor-uid");
    }
}
