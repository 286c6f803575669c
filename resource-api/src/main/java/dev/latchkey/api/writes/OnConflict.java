package dev.latchkey.api.writes;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of an operation that meets another row than it expects. */
enum OnConflict {
    /** The whole batch is refused. */
    FAIL,
    CLIENT_WINS,
    SERVER_WINS,
    /** Whichever was changed later; at the same time, the server's. */
    NEWEST_WINS;

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
