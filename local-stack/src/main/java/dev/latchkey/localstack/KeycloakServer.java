package dev.latchkey.localstack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keycloak as a process of this machine, on its own database in our Postgres. */
final class KeycloakServer implements Keycloak {

    private static final String PART = "Keycloak";

    /** As in keycloak-providers/Dockerfile: docs/reference/brokered-sign-in.md says why. */
    private static final List<String> TOWARDS_PROVIDERS = List.of(
            "--spi-connections-http-client--default--establish-connection-timeout-millis=3000",
            "--spi-connections-http-client--default--socket-timeout-millis=5000",
            "--spi-connections-http-client--default--max-consumed-response-size=1000000",
            "--spi-public-key-storage--infinispan--min-time-between-requests=1");

    private final String url;

    private KeycloakServer(String url) {
        this.url = url;
    }

    static KeycloakServer start(
            StackSettings settings,
            Postgres postgres,
            KeycloakDistribution distribution,
            ChildProcesses children,
            Progress progress)
            throws InterruptedException {
        Progress.Step step = progress.step(
                PART,
                "starting on port %d, which takes half a minute"
                        .formatted(settings.ports().keycloak()));
        int managementPort = Ports.freePort();
        ChildProcess process = children.start(
                "keycloak", distribution.command(arguments(settings, postgres, managementPort)), environment(settings));
        HttpProbe ready = new HttpProbe("http://localhost:" + managementPort + "/health/ready");
        new Readiness(PART, settings.patience(), step).await(process, ready);
        children.rememberFamily(process);
        step.done("ready");
        return new KeycloakServer(settings.keycloakUrl());
    }

    @Override
    public String url() {
        return url;
    }

    private static List<String> arguments(StackSettings settings, Postgres postgres, int managementPort) {
        List<String> arguments = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--cache=local", // else it looks for other nodes, on every network interface
                "--http-enabled=true",
                "--http-host=localhost",
                "--http-port=" + settings.ports().keycloak(),
                "--http-management-port=" + managementPort,
                "--hostname=" + settings.keycloakUrl(),
                // Values of rows would otherwise stand in Keycloak's log.
                "--db-url=" + postgres.jdbcUrl("keycloak") + "?logServerErrorDetail=false",
                "--db-username=keycloak"));
        arguments.addAll(TOWARDS_PROVIDERS);
        arguments.addAll(settings.keycloakOptions());
        return arguments;
    }

    /** Secrets go by the environment: a command line can be read by every user of the machine. */
    private static Map<String, String> environment(StackSettings settings) {
        Secrets secrets = settings.secrets();
        Map<String, String> environment = new HashMap<>(KeycloakDistribution.environment());
        environment.put("KC_DB_PASSWORD", secrets.keycloakDatabase());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", Secrets.ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.admin());
        environment.put("ACTOR_UID_SECRET", secrets.actorUidSecret());
        environment.put("LATCHKEY_API_URL", settings.apiUrl());
        // A proxy that the shell names is for Google and GitHub, not for the stand-ins. Keycloak reads small letters
        // first.
        environment.put(
                "no_proxy",
                Stream.of(System.getenv("no_proxy"), System.getenv("NO_PROXY"), "localhost")
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(",")));
        // By itself it would take up to 70 % of the machine's memory.
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx768m");
        return environment;
    }
}
