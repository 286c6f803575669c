package dev.latchkey.rowsecurity.binding.session;

/** What a statement may leave on the session beyond its transaction, from the least to the most. */
enum Trace {

    /** Nothing. */
    NONE,

    /** Perhaps something that the session's catalogs show: it is looked at when the connection is returned. */
    VISIBLE,

    /** Something that no catalog shows, such as a setting with a name of the application's own. */
    HIDDEN;

    Trace or(Trace other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
