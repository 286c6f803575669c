package dev.latchkey.rowsecurity.adopt;

import java.util.Locale;

/** How far an adoption goes. */
public enum Stage {
    /** Everything is in place beside what was there; what row security would deny is reported and let through. */
    OBSERVE,
    /** The keys from before are gone, and row security decides. */
    ENFORCE;

    String inJournal() {
        return name().toLowerCase(Locale.ROOT);
    }
}
