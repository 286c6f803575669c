package dev.latchkey.localstack.container;

import static org.awaitility.Awaitility.await;

import dasniko.testcontainers.keycloak.ExtendableKeycloakContainer;
import dev.latchkey.localstack.Ports;
import dev.latchkey.localstack.StackSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.MountableFile;

/**
 * On the host's network, so that browser and Keycloak know every part, the stand-ins included, under the same {@code localhost}
 * address. Docker Desktop needs host networking switched on for it.
 */
final class HostNetworkKeycloak extends ExtendableKeycloakContainer<HostNetworkKeycloak> {

    private static final String LABEL = "dev.latchkey.keycloak";
    private static final String PROVIDERS = "keycloak-providers.jar";

    HostNetworkKeycloak(StackSettings settings) {
        super("quay.io/keycloak/keycloak:" + System.getProperty("keycloak.version"));
        // The library pulls an image again that is a day old: without a network no container would start.
        withImagePullPolicy(PullPolicy.defaultPolicy());
        int managementPort = Ports.freePort();
        withNetworkMode("host");
        withProductionMode();
        withFeaturesDisabled("impersonation");
        withLabel(LABEL, settings.keycloakUrl());
        withProviderLibsFrom(List.of(settings.parts().resolve(PROVIDERS).toFile()));
        withEnv("KC_HTTP_ENABLED", "true");
        withEnv("KC_HTTP_HOST", "localhost");
        withEnv("KC_HTTP_PORT", Integer.toString(settings.ports().keycloak()));
        withEnv("KC_HTTP_MANAGEMENT_PORT", Integer.toString(managementPort));
        withEnv("KC_HOSTNAME", settings.keycloakUrl());
        withRamPercentage(5, 20);
        settings.keycloakOptions().forEach(this::withOption);
        waitingFor(new Ready(URI.create("http://localhost:" + managementPort + "/health/ready"))
                .withStartupTimeout(settings.patience()));
    }

    /** A file that an option names is put at the same place inside. */
    private void withOption(String option) {
        withCustomCommand(option);
        Path file = Path.of(option.substring(option.indexOf('=') + 1));
        if (Files.isRegularFile(file)) {
            withCopyFileToContainer(MountableFile.forHostPath(file), file.toString());
        }
    }

    @Override
    protected void configure() {
        super.configure();
        // Nothing is published on the host's network, and Testcontainers would wait for it.
        setExposedPorts(List.of());
    }

    /** HttpWaitStrategy asks for a mapped port, which there is none of on the host's network. */
    private static final class Ready extends AbstractWaitStrategy {

        private static final Duration PAUSE = Duration.ofSeconds(1);

        private final URI address;

        Ready(URI address) {
            this.address = address;
        }

        @Override
        protected void waitUntilReady() {
            await().atMost(startupTimeout).pollInterval(PAUSE).until(this::isReady);
        }

        private boolean isReady() {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) address.toURL().openConnection();
                connection.setConnectTimeout((int) PAUSE.toMillis());
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
