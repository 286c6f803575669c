package dev.latchkey.api.cards;

import dev.latchkey.api.table.Filter;
import dev.latchkey.api.table.Table;
import org.springframework.stereotype.Component;

@Component
final class CardsTable extends Table<CardFields, Card> {

    CardsTable() {
        super(
                "cards",
                CardFields.class,
                Card.class,
                Card::new,
                Filter.id("annotation_id", "annotationId"),
                Filter.before("due_before", "dueAt"),
                Filter.search("front", "back"));
    }
}
