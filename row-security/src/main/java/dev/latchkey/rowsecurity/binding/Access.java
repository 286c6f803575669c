package dev.latchkey.rowsecurity.binding;

/** What a transaction may do, and the statement that binds it so. */
enum Access {
    WRITE("write", "", ""),

    /** Read-only for the server as well, whatever the driver's {@code readOnlyMode} says. */
    READ("read", Access.READ_ONLY, ""),

    /**
     * A read-only transaction that is over with its one statement: the commit goes out in the same flush. Repeating the isolation
     * level asserts it: setting another one after the transaction's first query fails (25001), before the statement has run.
     */
    READ_ALONE(
            "read",
            Access.READ_ONLY + ", pg_catalog.set_config('transaction_isolation', 'read committed', true)",
            // On a line of its own: the statement may end in a comment.
            "\n;\ncommit");

    private static final String READ_ONLY = ", pg_catalog.set_config('transaction_read_only', 'on', true)";

    private final String inContext;
    private final String furtherSettings;
    private final String end;

    Access(String inContext, String furtherSettings, String end) {
        this.inContext = inContext;
        this.furtherSettings = furtherSettings;
        this.end = end;
    }

    /** How {@code app.context} says it. */
    String inContext() {
        return inContext;
    }

    /**
     * The statement that binds; {@code SET LOCAL} takes no parameter, {@code set_config} does.
     *
     * @param userId value of {@code app.user_id} as SQL
     * @param context value of {@code app.context} as SQL
     */
    String binding(String userId, String context) {
        return "select pg_catalog.set_config('app.user_id', " + userId
                + ", true), pg_catalog.set_config('app.context', " + context + ", true)" + furtherSettings;
    }

    /** Puts a binding before a statement, so that both go out in one flush and one transaction. */
    String around(String sql, String binding) {
        return binding + ";\n" + sql + end;
    }
}
