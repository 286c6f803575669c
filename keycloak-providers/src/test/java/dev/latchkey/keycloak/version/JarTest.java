package dev.latchkey.keycloak.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class JarTest {

    /** Keycloak 26.4 has the type that our sources declare for the compiler: two of one name would not be the same. */
    @Test
    void jarWhenBuiltThenHasNoTypeOfKeycloaks() throws Exception {
        try (JarFile jar = new JarFile("target/keycloak-providers.jar")) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("dev/latchkey/keycloak/version/ByName.class")
                    .noneMatch(name -> name.startsWith("org/"));
        }
    }
}
