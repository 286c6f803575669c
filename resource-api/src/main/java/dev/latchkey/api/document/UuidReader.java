package dev.latchkey.api.document;

import java.util.UUID;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Takes the form of RFC 9562 §4 and no other: the JDK reads {@code 1-1-1-1-1} as an id, Jackson takes Base64 as well. */
final class UuidReader extends StdScalarDeserializer<UUID> {

    UuidReader() {
        super(UUID.class);
    }

    @Override
    public UUID deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (UUID) context.handleUnexpectedToken(context.constructType(UUID.class), parser);
        }
        String text = parser.getString();
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        return (UUID) context.handleWeirdStringValue(UUID.class, text, "not a UUID");
    }
}
