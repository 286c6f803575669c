package dev.latchkey.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import dev.latchkey.api.testkit.ApiTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document of the API: as the code is, as OpenAPI 3.1 is, and as the API answers. */
class OpenApiIT extends ApiTest {

    private static final Path CHECKED_IN = Path.of("../docs/reference/openapi.json");
    private static final String REGENERATE =
            "mvn verify -pl resource-api -am -Dtest=NoSuch -Dit.test=OpenApiIT -Dopenapi.write -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dfailsafe.failIfNoSpecifiedTests=false";

    private static final SchemaRegistry JSON_SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Autowired
    private ApplicationContext api;

    private final String alice = newOwner();

    @Test
    void givenTheCode_thenTheDocumentThatIsCheckedInIsOfIt() throws IOException {
        String text = OpenApiDocument.text(OpenApiDocument.of(api));
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(CHECKED_IN, text);
        }

        assertThat(Files.readString(CHECKED_IN))
                .as("docs/reference/openapi.json is not what the code says. Write it again with: %s", REGENERATE)
                .isEqualTo(text);
    }

    @Test
    void givenTheDocument_thenItIsOpenApi31AndEachOfItsSchemasIsOne() throws IOException {
        ObjectNode document = OpenApiDocument.of(api);
        try (InputStream meta = OpenApiIT.class.getResourceAsStream("/openapi/openapi-3.1.schema.json")) {
            assertThat(JSON_SCHEMA.getSchema(JsonMapper.shared().readTree(meta)).validate(document))
                    .isEmpty();
        }
        Schema schemaOfSchemas = JSON_SCHEMA.getSchema(
                com.networknt.schema.SchemaLocation.of(Dialects.getDraft202012().getId()));
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> assertThat(schemaOfSchemas.validate(schema.getValue()))
                        .as(schema.getKey())
                        .isEmpty());
        document.findValuesAsString("$ref")
                .forEach(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void givenAnyOperation_thenItHasASummaryAndExamplesThatItsSchemasAllow() {
        ObjectNode document = OpenApiDocument.of(api);
        Set<String> ids = new HashSet<>();
        Call.all(document).forEach(call -> {
            JsonNode operation = call.operation();
            assertThat(operation.path("summary").asString(""))
                    .as(call.toString())
                    .isNotBlank();
            assertThat(ids.add(operation.path("operationId").stringValue()))
                    .as(call.toString())
                    .isTrue();
            Stream.concat(
                            operation.at("/requestBody/content").valueStream(),
                            operation
                                    .path("responses")
                                    .valueStream()
                                    .flatMap(r -> r.path("content").valueStream()))
                    .filter(media -> media.has("schema"))
                    .forEach(media -> {
                        assertThat(media.has("example")).as(call.toString()).isTrue();
                        assertAllowed(document, media.path("schema"), media.path("example"), call.toString());
                    });
            operation.path("parameters").forEach(given -> {
                JsonNode parameter = resolved(document, given);
                assertAllowed(document, parameter.path("schema"), parameter.path("example"), call.toString());
            });
        });
        document.at("/components/responses")
                .forEach(response -> response.path("content")
                        .forEach(media ->
                                assertAllowed(document, media.path("schema"), media.path("example"), "problem")));
    }

    /** Created in the order of what belongs to what, and deleted in the other. */
    @Test
    void givenTheExamples_whenSentToTheApi_thenItAnswersAsDocumented() {
        ObjectNode document = OpenApiDocument.of(api);
        List<String> tables = byAncestors(document);
        // Snapshots are made in the background, from archives: SnapshotsIT, UploadIT and RestoreIT send them.
        List<Call> calls = new ArrayList<>(Call.all(document)
                .filter(call -> !call.path().startsWith("/v1/snapshots"))
                .toList());
        calls.sort(Comparator.comparingInt((Call call) -> call.phase())
                .thenComparingInt(call ->
                        call.phase() == Call.DELETIONS ? -tables.indexOf(call.tag()) : tables.indexOf(call.tag())));

        for (Call call : calls) {
            HttpResponse<String> response = send(call.request(document, as(alice, call.path(document))));
            assertDocumented(document, call, response);
            // Keycloak is not here.
            boolean needsKeycloak = call.path().startsWith("/v1/sync")
                    || (call.path().startsWith("/v1/me") && !call.method().equals("get"));
            assertThat(response.statusCode())
                    .as("%s: %s", call, response.body())
                    .isBetween(200, needsKeycloak ? 503 : 299);
            // The same of somebody who has nothing there, and of nobody.
            assertDocumented(document, call, send(call.request(document, as(newOwner(), call.path(document)))));
            HttpResponse<String> refused = send(call.request(document, request(call.path(document))));
            assertDocumented(document, call, refused);
            assertThat(refused.statusCode()).as(call.toString()).isEqualTo(401);
        }
    }

    @Test
    void givenTheParametersOfAnyList_thenEachIsTaken() {
        ObjectNode document = OpenApiDocument.of(api);
        Call.all(document)
                .forEach(call -> call.operation().path("parameters").forEach(given -> {
                    JsonNode parameter = resolved(document, given);
                    if (parameter.path("in").stringValue().equals("query")) {
                        String query = "?" + parameter.path("name").stringValue() + "="
                                + parameter.path("example").asString();
                        HttpResponse<String> response = get(alice, call.path(document) + query);
                        assertThat(response.statusCode()).as(call + query).isEqualTo(200);
                        assertDocumented(document, call, response);
                    }
                }));
    }

    @Test
    void givenNoToken_thenTheDocumentIsServedAndMayBeKept() throws IOException {
        HttpResponse<String> response = send(request("/v1/openapi.json"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("max-age=3600, public");
        try (InputStream packed = OpenApiIT.class.getResourceAsStream("/static/v1/openapi.json")) {
            assertThat(response.body()).isEqualTo(new String(packed.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** SwaggerUiIT has it where it is. */
    @Test
    void givenNoSwitch_thenThereIsNoSwaggerUi() {
        assertProblem(send(request("/swagger-ui/")), 404, "not_found");
        assertProblem(send(request("/swagger-ui/index.html")), 404, "not_found");
    }

    /** Tags, those first that others name in their examples. */
    private static List<String> byAncestors(JsonNode document) {
        List<String> order = new ArrayList<>(List.of("works", "assets", "annotations", "cards", "blobs"));
        Call.all(document)
                .map(Call::tag)
                .distinct()
                .filter(tag -> !order.contains(tag))
                .forEach(order::add);
        return order;
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return Documented.resolved(document, node);
    }

    private static void assertDocumented(JsonNode document, Call call, HttpResponse<String> response) {
        String what = call + " " + response.statusCode() + ": " + response.body();
        JsonNode documented =
                resolved(document, call.operation().path("responses").path(String.valueOf(response.statusCode())));
        assertThat(documented.isMissingNode()).as(what).isFalse();
        documented.path("headers").propertyNames().stream()
                .filter(name -> !name.equals("DPoP-Nonce"))
                .forEach(name -> assertThat(response.headers().firstValue(name))
                        .as(what + name)
                        .isPresent());
        if (!documented.has("content")) {
            assertThat(response.body()).as(what).isEmpty();
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("none");
        JsonNode media = documented.path("content").path(type);
        assertThat(media.isMissingNode()).as(what + type).isFalse();
        assertAllowed(document, media.path("schema"), json(response), what);
    }

    private static void assertAllowed(JsonNode document, JsonNode schema, JsonNode value, String what) {
        assertThat(new Documented(document).violations(schema, value)).as(what).isEmpty();
    }
}
