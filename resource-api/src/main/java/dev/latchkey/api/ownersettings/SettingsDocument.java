package dev.latchkey.api.ownersettings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.latchkey.api.document.JsonObject;
import dev.latchkey.api.table.Fields;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The whole of an owner's settings. Any names, but {@code owner_id}, which is ignored as everywhere. */
record SettingsDocument(
        @JsonValue @JsonObject(maxBytes = 64 * 1024) ObjectNode document) implements Fields {

    /** There is one row for each owner. */
    static final UUID ID = new UUID(0, 0);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    SettingsDocument {
        document.remove(OWNER_ID);
    }

    @Override
    public UUID id() {
        return ID;
    }
}
