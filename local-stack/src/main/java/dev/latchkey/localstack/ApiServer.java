package dev.latchkey.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The API as a process of this machine. */
final class ApiServer {

    private static final String PART = "API";

    private ApiServer() {}

    static void start(StackSettings settings, Postgres postgres, ChildProcesses children, Progress progress)
            throws IOException, InterruptedException {
        Progress.Step step =
                progress.step(PART, "starting on port " + settings.ports().api());
        // A copy, because the next build writes its jar over the one that this process would still be reading.
        Path jar = settings.run().resolve("resource-api.jar");
        Files.copy(settings.parts().resolve("resource-api-exec.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
        int managementPort = Ports.freePort();
        ChildProcess process = children.start(
                "api",
                List.of(JavaProgram.path(), "-Xmx384m", "-jar", jar.toString()),
                environment(settings, postgres, managementPort));
        new Readiness(PART, settings.patience(), step).await(process, new HttpProbe(settings.apiUrl() + "/health"));
        step.done("ready, metrics at http://localhost:" + managementPort + "/prometheus");
    }

    private static final Map<String, String> RATE_LIMITS =
            Map.of("LATCHKEY_RATE_LIMIT_WRITES", "1000000", "LATCHKEY_RATE_LIMIT_BATCHES", "100000");

    private static Map<String, String> environment(StackSettings settings, Postgres postgres, int managementPort) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SERVER_ADDRESS", "localhost");
        environment.put("LATCHKEY_API_PORT", Integer.toString(settings.ports().api()));
        environment.put("LATCHKEY_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("LATCHKEY_MANAGEMENT_ADDRESS", "localhost");
        environment.put("LATCHKEY_DB_URL", postgres.jdbcUrl("latchkey"));
        environment.put("LATCHKEY_APP_PASSWORD", settings.secrets().app());
        environment.put("LATCHKEY_MAINTENANCE_PASSWORD", settings.secrets().maintenance());
        environment.put("LATCHKEY_BINDING_KEY", settings.secrets().bindingKey());
        environment.put("LATCHKEY_ISSUER", settings.issuer());
        environment.put(
                "LATCHKEY_SNAPSHOT_DIRECTORY",
                settings.data().resolve("snapshots").toString());
        environment.put("LATCHKEY_SNAPSHOT_LINK_KEY", Secrets.SNAPSHOT_LINK_KEY);
        // Here none takes long, and the mail is to be seen.
        environment.put("LATCHKEY_SNAPSHOT_MAIL_AFTER", "0s");
        environment.put(
                "LATCHKEY_SWAGGER_UI", settings.parts().resolve("swagger-ui").toString());
        environment.put("RESOURCE_API_CLIENT_SECRET", settings.secrets().resourceApiClient());
        // Whoever measures or floods the local stack means it. What the caller's environment says comes first.
        RATE_LIMITS.forEach((variable, limit) -> {
            if (System.getenv(variable) == null) {
                environment.put(variable, limit);
            }
        });
        if (settings.corsOrigins() != null) {
            environment.put("CORS_ORIGINS", settings.corsOrigins());
        }
        return environment;
    }
}
