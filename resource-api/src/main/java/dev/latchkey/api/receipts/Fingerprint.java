package dev.latchkey.api.receipts;

import dev.latchkey.api.document.Sha256Digest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Whether two documents say the same, whatever the order of their names. */
public final class Fingerprint {

    /** Its own: the API's mapper writes numbers out, and these may not have been looked at yet. */
    private static final JsonMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private Fingerprint() {}

    /** SHA-256 as 64 hexadecimal digits. */
    public static String of(JsonNode document) {
        return Sha256Digest.of(CANONICAL.writeValueAsBytes(document));
    }
}
