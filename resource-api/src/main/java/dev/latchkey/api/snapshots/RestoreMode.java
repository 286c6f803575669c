package dev.latchkey.api.snapshots;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of rows that are there when a snapshot is restored. */
enum RestoreMode {

    /** All of them go: the owner has what the snapshot has. */
    @JsonProperty("replace")
    REPLACE("replace"),

    /** They stay, but for those that were changed later in the snapshot. */
    @JsonProperty("merge")
    MERGE("merge");

    private final String shown;

    RestoreMode(String shown) {
        this.shown = shown;
    }

    @Override
    public String toString() {
        return shown;
    }
}
