package dev.latchkey.api.openapi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One request with one thing wrong.
 *
 * @param call the operation that it began as
 * @param fault what is wrong with it, for whoever reads the report
 * @param headers as lines, of which Authorization, Host and those about the body are added
 * @param body null for none
 */
record Attack(Call call, String fault, String method, String target, List<String> headers, String body) {

    /** Of one that is as documented. */
    static Attack of(JsonNode document, Call call) {
        JsonNode content = call.operation().at("/requestBody/content");
        List<String> headers = new ArrayList<>();
        String body = null;
        if (!content.isMissingNode()) {
            String type = new TreeSet<>(content.propertyNames()).last();
            JsonNode example = content.path(type).path("example");
            headers.add("Content-Type: " + type);
            body = example.isMissingNode() ? "PK" : example.toString();
        }
        return new Attack(call, "nothing", call.name(), call.path(document), headers, body);
    }

    Attack withBody(String fault, String text) {
        return new Attack(call, fault, method, target, headers, text);
    }

    Attack withTarget(String fault, String other) {
        return new Attack(call, fault, method, other, headers, body);
    }

    Attack withMethod(String other) {
        return new Attack(call, "method " + other, other, target, headers, body);
    }

    Attack withHeader(String line) {
        List<String> more = new ArrayList<>(headers);
        String name = line.substring(0, line.indexOf(':') + 1);
        more.removeIf(other -> other.startsWith(name));
        more.add(line);
        return new Attack(call, "header " + shortened(line), method, target, more, body);
    }

    Attack and(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new Attack(call, fault + ", header " + shortened(line), method, target, more, body);
    }

    /** All lines but the last CRLF. */
    String head(int port, String token) {
        List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1"));
        lines.addAll(headers);
        if (!has("Host:")) {
            lines.add("Host: localhost:" + port);
        }
        if (!has("Authorization:")) {
            lines.add("Authorization: Bearer " + token);
        }
        if (body != null && !has("Content-Length:") && !has("Transfer-Encoding:")) {
            lines.add("Content-Length: " + bytes().length);
        }
        lines.add("Connection: close");
        return lines.stream().collect(Collectors.joining("\r\n"));
    }

    /** Characters from 80 to FF stand for bytes, so that what is no UTF-8 can be sent. */
    byte[] bytes() {
        if (body == null) {
            return new byte[0];
        }
        boolean raw = body.chars().anyMatch(c -> c >= 0x80 && c <= 0xff);
        return body.getBytes(raw ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private boolean has(String name) {
        return headers.stream().anyMatch(line -> line.startsWith(name));
    }

    static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "… (" + text.length() + ")";
    }

    @Override
    public String toString() {
        return call + ", " + fault;
    }
}
