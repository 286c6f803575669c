package dev.latchkey.api.openapi;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An operation of the document, as its examples call it. */
record Call(String path, String method, JsonNode operation) {

    static final int DELETIONS = 4;

    String tag() {
        return operation.path("tags").path(0).stringValue();
    }

    int phase() {
        return switch (method) {
            case "post" -> 0;
            case "put" -> 1;
            case "get" -> 2;
            case "patch" -> 3;
            default -> DELETIONS;
        };
    }

    String path(JsonNode document) {
        String filled = path;
        for (JsonNode given : operation.path("parameters")) {
            JsonNode parameter = Documented.resolved(document, given);
            if (parameter.path("in").stringValue().equals("path")) {
                filled = filled.replace(
                        "{" + parameter.path("name").stringValue() + "}",
                        parameter.path("example").stringValue());
            }
        }
        return filled;
    }

    HttpRequest.Builder request(JsonNode document, HttpRequest.Builder request) {
        JsonNode content = operation.at("/requestBody/content");
        if (content.isMissingNode()) {
            return request.method(name(), BodyPublishers.noBody());
        }
        String type = new TreeSet<>(content.propertyNames()).last();
        return request.header("Content-Type", type)
                .method(
                        name(),
                        BodyPublishers.ofString(
                                content.path(type).path("example").toString()));
    }

    String name() {
        return method.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name() + " " + path;
    }

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** All there are. */
    static Stream<Call> all(JsonNode document) {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .map(operation -> new Call(path.getKey(), operation.getKey(), operation.getValue())));
    }
}
