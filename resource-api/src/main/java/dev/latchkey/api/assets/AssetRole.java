package dev.latchkey.api.assets;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

enum AssetRole {
    MAIN("main"),
    SUPPLEMENT("supplement");

    @EnumeratedValue
    private final String text;

    AssetRole(String text) {
        this.text = text;
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
