package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Sha256Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An archive taken apart, changed and put together again. The manifest keeps up with its files unless it is changed itself. */
final class TestArchive {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private Consumer<ObjectNode> lie = manifest -> {};

    TestArchive(byte[] archive) {
        SnapshotTest.unpacked(archive).forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    String line(String file) {
        return new String(files.get(file), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElseThrow();
    }

    TestArchive put(String file, String lines) {
        return put(file, lines.getBytes(StandardCharsets.UTF_8));
    }

    TestArchive put(String file, byte[] bytes) {
        files.put(file, bytes);
        return this;
    }

    TestArchive remove(String file) {
        files.remove(file);
        return this;
    }

    /** Changes the manifest after it was made right. */
    TestArchive lie(Consumer<ObjectNode> change) {
        lie = change;
        return this;
    }

    byte[] bytes() {
        ObjectNode manifest = (ObjectNode) JSON.readTree(files.get("manifest.json"));
        for (JsonNode entry : manifest.path("files")) {
            byte[] content = files.get(entry.path("table").stringValue() + ".ndjson");
            if (content != null) {
                ((ObjectNode) entry)
                        .put(
                                "rows",
                                new String(content, StandardCharsets.UTF_8)
                                        .lines()
                                        .count())
                        .put(
                                "sha256",
                                HexFormat.of().formatHex(Sha256Digest.create().digest(content)));
            }
        }
        lie.accept(manifest);
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        all.put("manifest.json", JSON.writeValueAsBytes(manifest));
        return zip(all);
    }

    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
