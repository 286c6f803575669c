package dev.latchkey.api.cards;

import dev.latchkey.api.table.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

@Entity
@Table(name = "cards")
class Card extends Row<CardFields> {

    private UUID annotationId;

    private String front;

    @Nullable
    private String back;

    @Nullable
    private Instant dueAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private ObjectNode scheduling;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Card() {}

    @SuppressWarnings("NullAway.Init") // set() does.
    Card(CardFields fields) {
        super(fields);
        set(fields);
    }

    @Override
    protected void set(CardFields fields) {
        annotationId = fields.annotationId();
        front = fields.front();
        back = fields.back();
        dueAt = fields.dueAt();
        scheduling = fields.scheduling();
    }

    @Override
    public CardFields fields() {
        return new CardFields(id(), annotationId, front, back, dueAt, scheduling);
    }
}
