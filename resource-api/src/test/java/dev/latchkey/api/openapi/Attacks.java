package dev.latchkey.api.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation with every hostile value in every place that the document names, and in places that it does not. */
final class Attacks {

    private static final List<String> CONTENT_TYPES = List.of(
            "",
            "application/json; charset=utf-16",
            "application/json; charset=utf-8; charset=x",
            "application/json; charset=none",
            "application/json; charset=\"",
            "application/json, text/plain",
            "application/*",
            "*/*",
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "application/vnd.api+json",
            "application/problem+json",
            "application/zip",
            "multipart/form-data; boundary=x",
            "/",
            "json",
            "application/json\u0001");

    private static final List<String> HEADERS = List.of(
            "Accept: text/html",
            "Accept: */*;q=0",
            "Accept: application/json;q=x",
            "Accept: " + "a/b,".repeat(1000),
            "Accept: \u0001",
            "Accept-Encoding: gzip;q=x",
            "Accept-Language: " + "x".repeat(2000),
            "Content-Encoding: gzip",
            "Content-Language: \u00ff",
            "Expect: 200-ok",
            "Expect: 100-continue",
            "Range: bytes=0-",
            "Range: bytes=9-0,-,x",
            "Range: lines=1-2",
            "Range: bytes=" + "0-0,".repeat(500) + "0-0",
            "If-Modified-Since: yesterday",
            "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
            "If-Range: \"x\"",
            "Cookie: JSESSIONID=x; a=\"; $Version=1",
            "Origin: null",
            "Origin: https://evil.example",
            "Upgrade: h2c",
            "Forwarded: for=\"_x\";host=evil.example",
            "X-Forwarded-Host: evil.example, \u00ff",
            "X-Forwarded-Proto: javascript",
            "X-Forwarded-Prefix: //evil.example",
            "X-Forwarded-Port: 99999999",
            "X-Forwarded-For: ' or 1=1",
            "X-HTTP-Method-Override: DELETE",
            "X-Method-Override: DELETE",
            "X-Original-URL: /internal/ops/doctor",
            "X-Rewrite-URL: /internal/ops/doctor",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 2000000",
            "Content-Length: 1, 2",
            "Content-Length: 0x5",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: xchunked",
            "Authorization: Basic YWxpY2U6YWxpY2U=",
            "Authorization: Bearer",
            "Authorization: Bearer a b",
            "Authorization: Bearer \u00ff",
            "Authorization: DPoP x",
            "DPoP: x",
            "Host: evil.example",
            "Host: ",
            "Host: localhost:99999999",
            "Host: a b",
            "Host: [::1",
            "X: " + "x".repeat(20_000),
            "no-colon",
            "Bad Name: x",
            ": x");

    private static final List<String> METHODS = List.of(
            "TRACE",
            "OPTIONS",
            "HEAD",
            "CONNECT",
            "PROPFIND",
            "QUERY",
            "get",
            "GET\u0001",
            "POST",
            "DELETE",
            "X".repeat(300));

    /** What is put behind or into the path. */
    private static final List<String> PATHS = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/../",
            "/%2e%2e/works",
            "%2f",
            "%5c",
            "\\",
            ";x",
            ";jsessionid=1",
            ";/x",
            "%3b",
            ".json",
            ".",
            "%20",
            "%00",
            "%0a",
            "%",
            "%ff",
            "%c0%ae",
            "/*",
            "**",
            "#x",
            "?",
            "??",
            "?&&&",
            "?=",
            "?%00=%00",
            "?%ff=1",
            "?_method=DELETE",
            "?sort=title;drop table",
            "?sort=(select%201)",
            "?filter=1%3D1",
            "?owner_id=x",
            "?" + "a=1&".repeat(2000),
            "?q[]=1",
            "?class.x=1",
            "?" + "a".repeat(9000),
            "~",
            "|",
            "\u00e9",
            "\u0001",
            "{id}",
            "/{id}");

    private final JsonNode document;
    private final List<Attack> all = new ArrayList<>();

    private Attacks(JsonNode document) {
        this.document = document;
    }

    static List<Attack> on(JsonNode document) {
        var attacks = new Attacks(document);
        Call.all(document).forEach(attacks::add);
        return attacks.all;
    }

    private void add(Call call) {
        Attack good = Attack.of(document, call);
        all.add(good);
        parameters(call, good);
        PATHS.forEach(more -> all.add(good.withTarget("path " + Attack.shortened(more), good.target() + more)));
        all.add(good.withTarget("path //", "/" + good.target()));
        all.add(good.withTarget("path /./", "/." + good.target()));
        all.add(good.withTarget("path in capitals", good.target().toUpperCase(java.util.Locale.ROOT)));
        all.add(good.withTarget("absolute", "http://evil.example" + good.target()));
        all.add(good.withTarget("absolute without host", "http://" + good.target()));
        all.add(good.withTarget("no path", "*"));
        all.add(good.withTarget("path %76", good.target().replace("/v1", "/%761")));
        METHODS.forEach(method -> all.add(good.withMethod(method)));
        HEADERS.forEach(header -> all.add(good.withHeader(header)));
        CONTENT_TYPES.forEach(type -> all.add(good.withHeader("Content-Type: " + type)));
        List.of(
                        "Authorization: Bearer x",
                        "Content-Type: text/plain",
                        "Host: evil.example",
                        "Content-Length: 3",
                        "If-Match: \"1\"")
                .forEach(line -> all.add(good.withHeader(line).and(line)));
        if (good.body() == null) {
            all.add(good.withBody("a body", "{\"title\":\"x\"}"));
        } else {
            bodies(call, good);
        }
    }

    private void parameters(Call call, Attack good) {
        for (JsonNode given : call.operation().path("parameters")) {
            JsonNode parameter = Documented.resolved(document, given);
            String name = parameter.path("name").stringValue();
            switch (parameter.path("in").stringValue()) {
                case "path" ->
                    Hostile.inAddress()
                            .forEach(value -> all.add(good.withTarget(
                                    name + "=" + Attack.shortened(value), withVariable(call, name, value))));
                case "query" -> {
                    Hostile.inAddress()
                            .forEach(value -> all.add(good.withTarget(
                                    "?" + name + "=" + Attack.shortened(value),
                                    good.target() + "?" + name + "=" + value)));
                    all.add(good.withTarget("twice " + name, good.target() + "?" + name + "=1&" + name + "=2"));
                    all.add(good.withTarget("[" + name + "]", good.target() + "?" + name + "[]=1"));
                }
                default -> Hostile.inHeader().forEach(value -> all.add(good.withHeader(name + ": " + value)));
            }
        }
    }

    private String withVariable(Call call, String name, String value) {
        return Attack.of(
                        document,
                        new Call(call.path().replace("{" + name + "}", "\u0000"), call.method(), call.operation()))
                .target()
                .replace("\u0000", value);
    }

    private void bodies(Call call, Attack good) {
        Hostile.json().forEach(value -> all.add(good.withBody("body " + Attack.shortened(value), value)));
        all.add(good.withBody("byte order mark", "\u00ef\u00bb\u00bf" + good.body()));
        all.add(good.withBody("two bodies", good.body() + good.body()));
        all.add(good.withBody(
                "half a body", good.body().substring(0, good.body().length() / 2)));
        all.add(good.withBody("a body of more than a mebibyte", " ".repeat(1024 * 1024) + good.body()));
        all.add(good.withBody("chunks", "zz\r\n" + good.body()).and("Transfer-Encoding: chunked"));
        all.add(good.withBody("chunks with a trailer", "2\r\n{}\r\n0\r\nContent-Length: 5\r\nX: y\r\n\r\n")
                .and("Transfer-Encoding: chunked"));
        all.add(good.withBody("a chunk that is too large", "ffffffffffffffff\r\n{}\r\n0\r\n\r\n")
                .and("Transfer-Encoding: chunked"));
        all.add(good.withBody("chunks and a length", "2\r\n{}\r\n0\r\n\r\n")
                .and("Transfer-Encoding: chunked")
                .and("Content-Length: 3"));
        if (!good.body().startsWith("{")) {
            return;
        }
        JsonNode schema = Documented.resolved(
                document,
                call.operation().at("/requestBody/content").iterator().next().path("schema"));
        JsonNode example = JsonMapper.shared().readTree(good.body());
        fields(schema, example, good, "");
    }

    /** Of the object in the body, and of the first of each list of objects in it. */
    private void fields(JsonNode schema, JsonNode example, Attack good, String place) {
        Map<String, String> known = new TreeMap<>();
        example.properties()
                .forEach(field -> known.put(field.getKey(), field.getValue().toString()));
        List<String> names = new ArrayList<>(schema.path("properties").propertyNames());
        names.addAll(List.of("owner_id", "bogus", "version", "created_at", "__proto__", "class", "bo~/\\u0000"));
        for (String name : names) {
            for (String value : Hostile.json()) {
                all.add(good.withBody(
                        place + "/" + name + " = " + Attack.shortened(value),
                        good.body().replace(example.toString(), with(known, name, value))));
            }
            all.add(good.withBody(
                    place + "/" + name + " twice",
                    good.body().replace(example.toString(), with(known, name, "1,\"" + name + "\":1"))));
        }
        for (Map.Entry<String, JsonNode> field : example.properties()) {
            JsonNode inner = Documented.resolved(
                    document, schema.path("properties").path(field.getKey()).path("items"));
            if (field.getValue().isArray() && inner.has("properties")) {
                fields(inner, field.getValue().path(0), good, place + "/" + field.getKey() + "/0");
            }
        }
        if (example.path("data").isObject() && !place.isEmpty()) {
            for (String value : Hostile.json()) {
                example.path("data")
                        .propertyNames()
                        .forEach(name -> all.add(good.withBody(
                                place + "/data/" + name + " = " + Attack.shortened(value),
                                good.body()
                                        .replace(
                                                example.toString(),
                                                with(known, "data", "{\"" + name + "\":" + value + "}")))));
            }
        }
    }

    private static String with(Map<String, String> known, String name, String value) {
        Map<String, String> fields = new TreeMap<>(known);
        fields.put(name, value);
        StringBuilder object = new StringBuilder("{");
        fields.forEach((field, json) -> object.append(object.length() > 1 ? "," : "")
                .append('"')
                .append(field)
                .append("\":")
                .append(json));
        return object.append('}').toString();
    }
}
