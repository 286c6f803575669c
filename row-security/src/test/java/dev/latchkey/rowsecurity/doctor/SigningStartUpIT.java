package dev.latchkey.rowsecurity.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.binding.BindingKey;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** An application and a database that may or may not agree on signed bindings. */
@ExtendWith(OutputCaptureExtension.class)
class SigningStartUpIT {

    private static final DoctorDatabase DATABASE = DoctorDatabase.shared();
    private static final String SECRET = "a secret that is in no log, whatever goes wrong";
    private static final String KEY = "latchkey.row-security.signing.key=" + SECRET;

    @AfterEach
    void withoutKey() throws SQLException {
        DATABASE.execute("notes_owner", "delete from app.binding_key");
    }

    @Test
    void startWhenBothHaveTheKeyThenStarts(CapturedOutput output) throws SQLException {
        addKey();
        start(KEY).close();
        assertThat(output).doesNotContain(SECRET).doesNotContain("believes unsigned ones");
    }

    @Test
    void startWhenTheApplicationHasNoKeyThenRefusesAndSaysSo() throws SQLException {
        addKey();
        assertThatThrownBy(SigningStartUpIT::start)
                .isInstanceOf(UnsafeDatabaseException.class)
                .hasMessageContaining("[binding-refused]")
                .hasMessageContaining("set latchkey.row-security.signing.key");
    }

    @Test
    void startWhenTheKeysDifferThenRefusesAndNamesTheirIds(CapturedOutput output) throws SQLException {
        addKey();
        String other = "another secret that is in no log, whatever goes wrong";
        assertThatThrownBy(() -> start("latchkey.row-security.signing.key=" + other))
                .isInstanceOf(UnsafeDatabaseException.class)
                .hasMessageContaining("[binding-refused]")
                .hasMessageContaining(BindingKey.of(other).id());
        assertThat(output).doesNotContain(other);
    }

    @Test
    void startWhenOnlyTheApplicationHasTheKeyThenStartsAndWarns(CapturedOutput output) {
        start(KEY).close();
        assertThat(output).contains("believes unsigned ones").doesNotContain(SECRET);
    }

    @Test
    void startWhenTheKeyIsTooShortThenSaysSoWithoutIt(CapturedOutput output) {
        assertThatThrownBy(() -> start("latchkey.row-security.signing.key=short-secret"))
                .hasStackTraceContaining("A binding key has at least 32 bytes");
        assertThat(output).contains("at least 32 bytes").doesNotContain("short-secret");
    }

    private static void addKey() throws SQLException {
        try (Connection connection = DATABASE.connectAs("notes_owner");
                var add = connection.prepareStatement("select app.add_binding_key(?)")) {
            add.setBytes(1, BindingKey.of(SECRET).secret());
            add.execute();
        }
    }

    private static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "spring.datasource.url=" + DATABASE.url(),
                        "spring.main.web-application-type=none",
                        "spring.jpa.open-in-view=false")
                .properties(settings)
                .run();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
