package dev.latchkey.localstack.container;

import dasniko.testcontainers.keycloak.ExtendableKeycloakContainer;
import dev.latchkey.realm.Realm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.images.builder.Transferable;

/**
 * Keycloak's image as anybody may run it: development mode on H2, the provider jar, the declared realm by {@code --import-realm}, and a
 * vault of files that tests fill while it runs.
 */
final class PlainKeycloak extends ExtendableKeycloakContainer<PlainKeycloak> {

    static final String BACKEND_SECRET = "secret-of-backend";

    /** A directory that the image has. */
    private static final String VAULT = "/mnt";

    private static final int READABLE = 0644;
    private static final int FOR_ROOT_ALONE = 0600;

    PlainKeycloak() {
        super("quay.io/keycloak/keycloak:" + System.getProperty("keycloak.version"));
        // The library pulls an image again that is a day old: without a network no container would start.
        withImagePullPolicy(PullPolicy.defaultPolicy());
        withProviderLibsFrom(List.of(Path.of(System.getProperty("latchkey.parts"), "keycloak-providers.jar")
                .toFile()));
        // testcontainers-keycloak always passes --import-realm.
        withCopyToContainer(
                Transferable.of(Realm.declared().toJson()), "/opt/keycloak/data/import/latchkey-realm.json");
        withCustomCommand("--vault=file");
        withCustomCommand("--vault-dir=" + VAULT);
        withEnv("GOOGLE_CLIENT_ID", "any");
        withEnv("GOOGLE_CLIENT_SECRET", "any");
        withEnv("GITHUB_CLIENT_ID", "any");
        withEnv("GITHUB_CLIENT_SECRET", "any");
        withEnv("RESOURCE_API_CLIENT_SECRET", "any");
        withEnv("BACKEND_CLIENT_SECRET", BACKEND_SECRET);
        withEnv("LATCHKEY_WEB_URL", "http://localhost:8080/");
        withEnv("SMTP_HOST", "localhost");
        withEnv("SMTP_PORT", "25");
        withEnv("SMTP_FROM", "latchkey@example.test");
        withRamPercentage(5, 20);
        withStartupTimeout(Duration.ofMinutes(5));
    }

    /** @param file as Keycloak names the file of an entry: {@code <realm>_<entry>}, underscores doubled in both */
    void putIntoVault(String file, String content) {
        copyFileToContainer(Transferable.of(content, READABLE), VAULT + "/" + file);
    }

    void putIntoVaultUnreadably(String file, String content) {
        copyFileToContainer(Transferable.of(content, FOR_ROOT_ALONE), VAULT + "/" + file);
    }

    void emptyVault() throws IOException, InterruptedException {
        execInContainer(ExecConfig.builder()
                .user("root")
                .command(new String[] {"sh", "-c", "rm -f " + VAULT + "/*"})
                .build());
    }
}
