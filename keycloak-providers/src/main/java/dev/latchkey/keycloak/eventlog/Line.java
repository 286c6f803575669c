package dev.latchkey.keycloak.eventlog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code name="value", name="value"}, as Keycloak's own log of events is written. */
final class Line {

    private final StringBuilder text = new StringBuilder();

    Line(String name, String value) {
        add(name, value);
    }

    /** Adds it unless there is none. */
    void add(String name, @Nullable String value) {
        if (value != null) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(name)
                    .append("=\"")
                    .append(value.replaceAll("[\"\\p{Cntrl}]", "?"))
                    .append('"');
        }
    }

    /** Adds what the caller sent if it has the form: its group, or all of it. */
    void addIf(Pattern form, String name, @Nullable String sent) {
        Matcher matcher = form.matcher(sent == null ? "" : sent);
        if (matcher.matches()) {
            add(name, matcher.groupCount() == 0 ? matcher.group() : matcher.group(1));
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
