package dev.latchkey.journey;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The API as an application with a token uses it. */
record Api(String url, String token) {

    HttpResponse<String> get(String path) {
        return call("GET", path, null);
    }

    /** @param header name and value in turn */
    HttpResponse<String> call(String method, String path, String json, String... header) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        if (header.length > 0) {
            request.headers(header);
        }
        return Http.send(request.build());
    }
}
