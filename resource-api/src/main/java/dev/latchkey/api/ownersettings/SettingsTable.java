package dev.latchkey.api.ownersettings;

import dev.latchkey.api.table.Table;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Component
final class SettingsTable extends Table<SettingsDocument, OwnerSettings> {

    SettingsTable() {
        super("settings", SettingsDocument.class, OwnerSettings.class, OwnerSettings::new);
    }

    @Override
    public SettingsDocument blank() {
        return new SettingsDocument(JsonNodeFactory.instance.objectNode());
    }

    @Override
    public ObjectNode located(ObjectNode document, String key) {
        return document;
    }

    /** The first that is written counts from 1. */
    @Override
    public long version(OwnerSettings row) {
        return row.version() + 1;
    }

    /** There is one, whatever it is called. */
    @Override
    public UUID id(String key) {
        return SettingsDocument.ID;
    }
}
