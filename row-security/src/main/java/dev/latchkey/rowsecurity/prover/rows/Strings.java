package dev.latchkey.rowsecurity.prover.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Texts for text: what regular expressions and patterns ask for, lengths that are asked for, and what is often asked for. */
final class Strings {

    private static final int SAMPLES = 4;
    /** Longer than any length that a row is worth being made for. */
    private static final int LONGEST = 20_000;

    private Strings() {}

    static List<String> of(Wish wish) {
        int row = wish.row();
        List<String> texts = new ArrayList<>();
        for (String literal : wish.literals()) {
            for (int i = 0; i < SAMPLES; i++) {
                RegexSample.of(literal, wish.random())
                        .filter(sample -> !sample.equals(literal))
                        .ifPresent(texts::add);
            }
            texts.add(literal.replace('%', 'x').replace('_', 'x'));
        }
        texts.addAll(List.of(
                "row " + row + " " + Integer.toHexString(wish.random().nextInt()),
                "r" + row,
                "" + (char) ('A' + row % 26)));
        texts.addAll(wish.rotated());
        for (int length : wish.lengths(LONGEST)) {
            for (String alphabet : List.of("abcdef", "0123456789", "ABCDEF")) {
                texts.add(wish.letters(alphabet, length));
            }
        }
        texts.addAll(Scalars.numbers(wish));
        texts.addAll(List.of(
                "row" + row + "@example.test",
                "https://example.test/" + row,
                UUID.randomUUID().toString(),
                "en",
                "EUR",
                ""));
        return texts;
    }
}
