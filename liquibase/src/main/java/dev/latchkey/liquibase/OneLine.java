package dev.latchkey.liquibase;

import java.util.regex.Pattern;

/** What went wrong at the bottom, on one line: Liquibase wraps the server's message several times and repeats the SQL. */
final class OneLine {

    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

    private OneLine() {}

    static String of(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : LINE_BREAKS.matcher(message.strip()).replaceAll(" ");
    }
}
