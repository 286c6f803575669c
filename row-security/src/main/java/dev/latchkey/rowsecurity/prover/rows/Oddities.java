package dev.latchkey.rowsecurity.prover.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Values of types that Postgres counts among no large category: identifiers, addresses, bytes, bits, shapes, composites. */
final class Oddities {

    private static final int LONGEST = 20_000;

    private Oddities() {}

    static List<String> of(Wish wish) {
        int row = wish.row();
        List<String> texts = new ArrayList<>();
        texts.add(UUID.nameUUIDFromBytes(("" + row + wish.random().nextInt()).getBytes(UTF_8))
                .toString());
        String pair = "%d.%d".formatted(row / 250 % 250, row % 250);
        Collections.addAll(texts, "10." + pair + ".0/24", "10.0." + pair);
        String octets = "%02x:%02x".formatted(row / 250 % 250, row % 250);
        Collections.addAll(texts, "08:00:2b:01:" + octets, "08:00:2b:01:02:03:" + octets);
        for (int length : wish.lengths(LONGEST)) {
            texts.add("\\x" + wish.letters("0123456789abcdef", 2 * length));
            texts.add(wish.letters("01", length));
        }
        Collections.addAll(texts, "\\x%08x".formatted(row), "101", "0/%X".formatted(row + 1));
        Collections.addAll(
                texts,
                "(%d,2)".formatted(row),
                "((0,0),(1,%d))".formatted(row + 1),
                "{1,2,%d}".formatted(row),
                "<(1,2),%d>".formatted(row + 1),
                "[(0,0),(1,%d)]".formatted(row + 1));
        Collections.addAll(texts, "<row>%d</row>".formatted(row), "$.a");
        Collections.addAll(texts, "(%d,%1$d)".formatted(row), "(%d)".formatted(row), "(r%d,%1$d)".formatted(row));
        Collections.addAll(texts, "(,)", "()", "(,,)", "(,,,)", "(,,,,)");
        return texts;
    }
}
