package dev.latchkey.api.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.ResourceApi;
import dev.latchkey.api.openapi.OpenApiDocument;
import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.api.testkit.TestIssuer;
import dev.latchkey.api.testkit.TestKeys;
import dev.latchkey.api.testkit.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.JsonNode;

/** Does what docs/how-to/add-a-table.md says: its SQL is run, its Java compiled, and the API started with both. */
class AddATableIT {

    private static final Path HOW_TO = Path.of("../docs/how-to/add-a-table.md");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String alice = UUID.randomUUID().toString();

    @Test
    void whoFollowsTheHowToHasATable(@TempDir Path directory) throws Exception {
        run(blocks("sql").get(0));
        compile(blocks("java"), directory);
        try (TestIssuer issuer = new TestIssuer(TestKeys.REALM_RSA);
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
                ConfigurableApplicationContext api = start(issuer, loader)) {
            String base = "http://localhost:" + api.getEnvironment().getProperty("local.server.port");
            String work = idOf(send("POST", base + "/v1/works", "{\"title\":\"w\"}"));
            String body = "{\"work_id\":\"%s\",\"label\":\"%s\"}";

            HttpResponse<String> created = send("POST", base + "/v1/bookmarks", body.formatted(work, "here"));
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(send("GET", base + "/v1/bookmarks?work_id=" + work + "&q=HER", "")
                            .body())
                    .contains(created.body());
            assertThat(send("POST", base + "/v1/bookmarks", body.formatted(UUID.randomUUID(), "x"))
                            .body())
                    .contains("parent_not_found", "#/work_id");
            assertThat(send("POST", base + "/v1/bookmarks", body.formatted(work, ""))
                            .body())
                    .contains("invalid_field", "#/label");
            assertThat(send("GET", base + "/v1/audit", "").body()).contains("\"table\":\"bookmarks\"");
            assertThat(snapshot(base)).contains("\"label\":\"here\"");
            JsonNode described = OpenApiDocument.of(api);
            assertThat(described.at("/paths/~1v1~1bookmarks/post/summary").asString())
                    .isEqualTo("Create one of bookmarks");
            assertThat(described
                            .at("/components/schemas/BookmarkFields/properties/label/maxLength")
                            .intValue())
                    .isEqualTo(200);
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(HOW_TO))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static void run(String sql) throws Exception {
        try (Connection connection = TestDatabase.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("set role latchkey_owner");
            statement.execute(sql);
        }
    }

    private static void compile(List<String> sources, Path directory) throws IOException {
        assertThat(sources).hasSize(5);
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-parameters",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString()));
        Path source = Files.createDirectory(directory.resolve("source"));
        Pattern name = Pattern.compile("(?:class|record) (\\w+)");
        for (String text : sources) {
            String type = name.matcher(text)
                    .results()
                    .findFirst()
                    .map(found -> found.group(1))
                    .orElse("package-info");
            arguments.add(
                    Files.writeString(source.resolve(type + ".java"), text).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private static ConfigurableApplicationContext start(TestIssuer issuer, ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return new SpringApplicationBuilder(new DefaultResourceLoader(loader), ResourceApi.class)
                    .properties(
                            "LATCHKEY_API_PORT=0",
                            "LATCHKEY_DB_URL=jdbc:postgresql://localhost:" + TestDatabase.port() + "/latchkey",
                            "LATCHKEY_APP_PASSWORD=" + TestDatabase.APP_PASSWORD,
                            "LATCHKEY_BINDING_KEY=" + TestDatabase.BINDING_KEY,
                            "LATCHKEY_SNAPSHOT_DIRECTORY=target/snapshots",
                            "LATCHKEY_ISSUER=" + TestTokens.ISSUER,
                            "LATCHKEY_JWKS_URI=" + issuer.jwksUri())
                    .run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private HttpResponse<String> send(String method, String address, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Authorization", "Bearer " + TestTokens.of(alice))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What a snapshot has of the new table. */
    private String snapshot(String base) throws Exception {
        String address = base + "/v1/snapshots/" + idOf(send("POST", base + "/v1/snapshots", ""));
        await().until(() -> send("GET", address, "").body().contains("\"state\":\"ready\""));
        HttpResponse<byte[]> archive = http.send(
                HttpRequest.newBuilder(URI.create(address + "/content"))
                        .header("Authorization", "Bearer " + TestTokens.of(alice))
                        .build(),
                BodyHandlers.ofByteArray());
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("bookmarks.ndjson")) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    private static String idOf(HttpResponse<String> created) {
        String location = created.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
