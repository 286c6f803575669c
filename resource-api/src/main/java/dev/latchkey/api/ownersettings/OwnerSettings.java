package dev.latchkey.api.ownersettings;

import dev.latchkey.api.table.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import tools.jackson.databind.node.ObjectNode;

@Entity
@Table(name = "settings")
class OwnerSettings extends Row<SettingsDocument> {

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private ObjectNode document;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected OwnerSettings() {}

    @SuppressWarnings("NullAway.Init") // set() does.
    OwnerSettings(SettingsDocument fields) {
        super(fields);
        set(fields);
    }

    @Override
    protected void set(SettingsDocument fields) {
        document = fields.document();
    }

    @Override
    public SettingsDocument fields() {
        return new SettingsDocument(document);
    }
}
