package dev.latchkey.rowsecurity.binding.session;

import java.util.Locale;
import java.util.Set;

/**
 * Something that the database defines.
 *
 * @param name under which statements reach it, in lower case
 * @param own the trace that its own text leaves
 * @param words which names it mentions
 */
record Definition(String name, Trace own, Set<String> words) {

    /** Name of what no word in a statement stands for. */
    static final String NAMELESS = "";

    /** @param kind {@code body} if the text is SQL, {@code opaque} if it does not tell all, {@code mention} if it only names others */
    static Definition of(String name, String kind, String definition) {
        SqlText text = SqlText.of(definition);
        Trace own = switch (kind) {
            case "body" -> SqlTrace.ofBody(text);
            case "opaque" -> SqlTrace.ofBody(text).or(Trace.VISIBLE);
            default -> Trace.NONE;
        };
        String word = SqlText.WORD.matcher(name).matches() ? name.toLowerCase(Locale.ROOT) : NAMELESS;
        return new Definition(word, own, text.words());
    }
}
