package dev.latchkey.api.ownersettings;

import dev.latchkey.api.table.Table;
import java.util.UUID;
import org.springframework.stereotype.Component;

@Component
final class SettingsTable extends Table<SettingsDocument, OwnerSettings> {

    SettingsTable() {
        super("settings", SettingsDocument.class, OwnerSettings.class, OwnerSettings::new);
    }

    /** There is one, whatever it is called. */
    @Override
    public UUID id(String key) {
        return SettingsDocument.ID;
    }
}
