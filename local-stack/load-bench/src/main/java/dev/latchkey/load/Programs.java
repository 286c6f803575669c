package dev.latchkey.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How each of the programs is started. */
final class Programs {

    private static final String SELF = "load-bench";

    /** Of what the API brings along, what the plain program has no use for. */
    private static final List<String> OURS = List.of(
            "resource-api",
            "row-security",
            "liquibase",
            "bucket4j",
            "caffeine",
            "opentelemetry",
            "micrometer-tracing",
            "spring-boot-opentelemetry",
            "spring-boot-micrometer-tracing",
            "spring-boot-starter-opentelemetry");

    private static final List<String> ACTUATOR = List.of(
            "spring-boot-actuator",
            "spring-boot-starter-actuator",
            "spring-boot-health",
            "spring-boot-micrometer",
            "spring-boot-starter-micrometer",
            "micrometer-core",
            "micrometer-jakarta9",
            "micrometer-registry");

    private final Database database;
    private final Issuer issuer;
    private final Path apiJar;
    private final Path directory;
    private final List<String> options;

    /** @param options further ones of java, for every program */
    Programs(Database database, Issuer issuer, Path apiJar, Path directory, List<String> options) {
        this.database = database;
        this.issuer = issuer;
        this.apiJar = apiJar;
        this.directory = directory;
        this.options = options;
    }

    /** The API as it ships, in production. */
    Program api(Map<String, String> further) throws IOException, InterruptedException {
        Map<String, String> environment = environment(Database.PROTECTED);
        environment.putAll(further);
        return start("api", List.of("-jar", apiJar.toString()), "LATCHKEY_API_PORT", environment);
    }

    /** The API without row security. */
    Program explicit() throws IOException, InterruptedException {
        return start(
                "explicit",
                List.of("-cp", System.getProperty("java.class.path"), ExplicitProgram.class.getName()),
                "LATCHKEY_API_PORT",
                environment(Database.EXPLICIT));
    }

    /** An ordinary program, without anything that it could do without. */
    Program plain() throws IOException, InterruptedException {
        return plain("plain", path -> isNone(path, OURS) && isNone(path, ACTUATOR));
    }

    /** The ordinary program as it is deployed, with Spring Boot's actuator and metrics. */
    Program plainWithActuator() throws IOException, InterruptedException {
        return plain("plain-actuator", path -> isNone(path, OURS));
    }

    private Program plain(String name, Predicate<Path> needed) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> isOurClasses(path) || needed.test(path))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Map<String, String> environment = new HashMap<>();
        environment.put("SPRING_CONFIG_NAME", "plain");
        environment.put("SPRING_DATASOURCE_URL", database.url(Database.PLAIN));
        environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        environment.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUER_URI", issuer.url());
        environment.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWK_SET_URI", issuer.url() + "/certs");
        return start(
                name, List.of("-cp", classPath, "dev.latchkey.load.plain.PlainProgram"), "SERVER_PORT", environment);
    }

    private static boolean isOurClasses(Path path) {
        return path.toString().contains(SELF) && path.endsWith("classes");
    }

    private static boolean isNone(Path path, List<String> names) {
        // Jars by their names, and other modules by where their classes are.
        String text =
                path.endsWith("classes") ? path.toString() : path.getFileName().toString();
        return names.stream()
                .noneMatch(name -> path.endsWith("classes") ? text.contains("/" + name + "/") : text.startsWith(name));
    }

    private Program start(String name, List<String> arguments, String portVariable, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        options.forEach(option -> all.add(option.replace("{name}", name)));
        all.addAll(arguments);
        return Program.start(directory, name, all, portVariable, environment);
    }

    private Map<String, String> environment(String databaseName) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("SPRING_PROFILES_ACTIVE", "production");
        environment.put("LATCHKEY_MANAGEMENT_PORT", Integer.toString(Program.freePort()));
        environment.put("LATCHKEY_DB_URL", database.url(databaseName));
        environment.put("LATCHKEY_APP_PASSWORD", database.password());
        environment.put("LATCHKEY_ISSUER", issuer.url());
        environment.put("LATCHKEY_JWKS_URI", issuer.url() + "/certs");
        environment.put("RESOURCE_API_CLIENT_SECRET", "of-client-resource-api-in-the-measurement");
        environment.put("CORS_ORIGINS", "https://app.example.com");
        // Counted, and never reached.
        environment.put("LATCHKEY_RATE_LIMIT_WRITES", "100000000");
        environment.put("LATCHKEY_RATE_LIMIT_BATCHES", "100000000");
        return environment;
    }
}
