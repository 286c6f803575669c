package dev.latchkey.api.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** A time as RFC 3339 §5.6 writes it, cut to the microseconds that Postgres keeps. Jackson alone takes numbers as well. */
public final class Time {

    public static final String FORM = "a time of RFC 3339 such as 2026-01-31T09:30:00Z";

    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

    /** Between them a time in UTC has four digits of a year, whatever its offset was. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Time() {}

    /** Null if it has another form. */
    public static @Nullable Instant parse(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            return time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    static final class Reader extends StdScalarDeserializer<Instant> {

        Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(context.constructType(Instant.class), parser);
            }
            Instant time = parse(parser.getString());
            return time != null
                    ? time
                    : (Instant) context.handleWeirdStringValue(Instant.class, parser.getString(), "not a time");
        }
    }
}
