package dev.latchkey.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;

/** What must hold for the theme's files; how its pages look and work is tested in a real browser, in local-stack. */
class LoginThemeTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path THEME = RESOURCES.resolve("theme/latchkey/login");

    @Test
    void keycloakFindsTheTheme() throws IOException {
        assertThat(Files.readString(RESOURCES.resolve("META-INF/keycloak-themes.json")))
                .contains("\"latchkey\"")
                .contains("\"login\"");
    }

    @Test
    void messagesAreTheSameInEveryLanguage() throws IOException {
        List<String> languages =
                List.of(properties("theme.properties").getProperty("locales").split(","));
        assertThat(languages).containsExactly("en", "de");
        assertThat(properties("messages/messages_de.properties").keySet())
                .isNotEmpty()
                .isEqualTo(properties("messages/messages_en.properties").keySet());
    }

    @Test
    void nothingComesFromElsewhere() throws IOException {
        try (Stream<Path> files = Files.walk(THEME)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThanOrEqualTo(7)
                    .allSatisfy(file -> assertThat(
                                    Files.readString(file).replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                            .as(file.toString())
                            .doesNotContain("//fonts", "http:", "https:", "@import"));
        }
    }

    @Test
    void whatBrowsersKeepIsNamedByItsContent() throws Exception {
        Properties theme = properties("theme.properties");
        for (String file : List.of("css/latchkey.css", "js/accessible.js")) {
            byte[] content = Files.readAllBytes(THEME.resolve("resources").resolve(file));
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            assertThat(theme.getProperty("styles") + " " + theme.getProperty("scripts"))
                    .contains(file + "?" + HexFormat.of().formatHex(hash, 0, 4));
        }
    }

    /** A template hides what a newer Keycloak changes in its own: compare them when this fails, then name the newer version. */
    @Test
    void templatesWereComparedWithThisKeycloaks() throws IOException {
        String jar = KeycloakSession.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        try (Stream<Path> files = Files.list(THEME)) {
            assertThat(files.filter(file -> file.toString().endsWith(".ftl")))
                    .isNotEmpty()
                    .allSatisfy(template -> {
                        Matcher version = Pattern.compile("Keycloak (\\S+)'s " + template.getFileName())
                                .matcher(Files.readString(template));
                        assertThat(version.find()).isTrue();
                        assertThat(jar).endsWith("-" + version.group(1) + ".jar");
                    });
        }
    }

    private static Properties properties(String file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(THEME.resolve(file))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
