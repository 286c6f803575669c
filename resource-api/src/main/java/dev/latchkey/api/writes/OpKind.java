package dev.latchkey.api.writes;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What an operation does with its row. */
enum OpKind {
    /** Adds it. */
    @JsonProperty("create")
    @JsonAlias("insert")
    CREATE,
    /** Sets all that a client may set in a row that is there. */
    @JsonProperty("replace")
    @JsonAlias("put")
    REPLACE,
    /** Replaces it, or creates it if it is not there. */
    @JsonProperty("upsert")
    UPSERT,
    /** Applies a JSON merge patch (RFC 7396). */
    @JsonProperty("patch")
    @JsonAlias("update")
    PATCH,
    /** Removes it, with what belongs to it. */
    @JsonProperty("delete")
    DELETE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
