package dev.latchkey.api.annotations;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

enum AnnotationKind {
    HIGHLIGHT("highlight"),
    NOTE("note"),
    RECTANGLE("rectangle");

    @EnumeratedValue
    private final String text;

    AnnotationKind(String text) {
        this.text = text;
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
