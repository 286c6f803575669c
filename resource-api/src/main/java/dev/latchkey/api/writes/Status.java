package dev.latchkey.api.writes;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of an operation. */
enum Status {
    /** Done, and nothing was in its way. */
    APPLIED,
    /** There was nothing to do: the row has this content already, or is gone already. */
    DUPLICATE,
    /** Done, over what somebody else had written. */
    MERGED,
    /** Not done: what somebody else had written stays. */
    KEPT,
    /** Not done: the row is gone. */
    SKIPPED;

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
