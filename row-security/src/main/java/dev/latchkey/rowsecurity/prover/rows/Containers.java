package dev.latchkey.rowsecurity.prover.rows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Arrays, and documents of JSON. */
final class Containers {

    /** Elements that are tried alone, and those that are repeated up to a length. */
    private static final int ELEMENTS = 60;

    private static final int REPEATED = 8;
    private static final int LONGEST = 200;

    private Containers() {}

    static List<String> arrays(Wish wish) {
        // Labels of an enum stand among the literals, and are not to be outnumbered.
        Set<String> likeliest = new LinkedHashSet<>(wish.literals());
        likeliest.addAll(Candidates.of(wish, ""));
        List<String> elements = likeliest.stream().map(Containers::quote).toList();
        List<String> texts = new ArrayList<>();
        for (String element : first(elements, ELEMENTS)) {
            texts.add("{" + element + "}");
        }
        for (int length : wish.lengths(LONGEST)) {
            for (String element : first(elements, REPEATED)) {
                texts.add("{" + String.join(",", Collections.nCopies(length, element)) + "}");
            }
        }
        texts.addAll(List.of("{}", "{{1,2},{3,4}}"));
        return texts;
    }

    static List<String> documents(Wish wish) {
        List<String> texts = new ArrayList<>();
        Collections.addAll(
                texts,
                "{\"row\": %d}".formatted(wish.row()),
                "[%d]".formatted(wish.row()),
                "\"row %d\"".formatted(wish.row()));
        List<String> keys =
                wish.literals().stream().map(Containers::quote).distinct().toList();
        for (String value : List.of("1", "\"x\"", "[]", "{}", "true")) {
            texts.add("{"
                    + String.join(
                            ", ", keys.stream().map(key -> key + ": " + value).toList()) + "}");
        }
        for (String key : first(keys, REPEATED)) {
            for (String value : first(keys, REPEATED)) {
                texts.add("{%s: %s}".formatted(key, value));
            }
        }
        for (int length : wish.lengths(LONGEST)) {
            texts.add("[" + String.join(",", Collections.nCopies(length, "1")) + "]");
        }
        Collections.addAll(texts, "{}", "[]", "true", "null");
        return texts;
    }

    private static List<String> first(List<String> texts, int most) {
        return texts.subList(0, Math.min(most, texts.size()));
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
