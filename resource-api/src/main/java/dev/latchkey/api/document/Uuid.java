package dev.latchkey.api.document;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** The form of RFC 9562 §4 and no other: the JDK reads {@code 1-1-1-1-1} as an id, Jackson takes Base64 as well. */
public final class Uuid {

    private Uuid() {}

    /** Null if it has another form. */
    public static @Nullable UUID parse(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether somebody made it (RFC 9562 §4.1, §4.2), unlike all zeros. */
    public static boolean made(UUID id) {
        return id.variant() == 2 && id.version() >= 1 && id.version() <= 8;
    }

    /**
     * The id that a parameter of the address holds.
     *
     * @throws ProblemException {@link ErrorCode#INVALID_PARAMETER} if it has another form
     */
    public static UUID parameter(String name, String text) {
        UUID id = parse(text);
        if (id == null) {
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, FieldError.parameter(name, "must be a UUID"));
        }
        return id;
    }

    static final class Reader extends StdScalarDeserializer<UUID> {

        Reader() {
            super(UUID.class);
        }

        @Override
        public UUID deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (UUID) context.handleUnexpectedToken(context.constructType(UUID.class), parser);
            }
            UUID id = parse(parser.getString());
            return id != null
                    ? id
                    : (UUID) context.handleWeirdStringValue(UUID.class, parser.getString(), "not a UUID");
        }
    }
}
