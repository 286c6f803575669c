package dev.latchkey.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Versions from the root pom. */
final class Versions {

    private static final Properties VERSIONS = load();

    private Versions() {}

    /** The profile keycloak-matrix runs others. */
    static String keycloak() {
        return System.getProperty("latchkey.keycloak", VERSIONS.getProperty("keycloak"));
    }

    static String postgres() {
        return VERSIONS.getProperty("postgres");
    }

    private static Properties load() {
        try (InputStream file = Versions.class.getResourceAsStream("versions.properties")) {
            Properties versions = new Properties();
            versions.load(Objects.requireNonNull(file, "versions.properties"));
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
