package dev.latchkey.api.works;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

enum WorkKind {
    BOOK("book"),
    PAPER("paper"),
    ARTICLE("article"),
    OTHER("other");

    @EnumeratedValue
    private final String text;

    WorkKind(String text) {
        this.text = text;
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
