package dev.latchkey.rowsecurity.prover.rows;

import java.util.ArrayList;
import java.util.List;

/** Numbers, times, and ranges of both. */
final class Scalars {

    private Scalars() {}

    static List<String> numbers(Wish wish) {
        int row = wish.row();
        List<String> texts = new ArrayList<>(List.of("" + (1000 + row), "" + row, "0." + row, "" + (row % 90 + 10)));
        for (int number : wish.numbers()) {
            texts.addAll(List.of(
                    "" + number,
                    "" + (number + 1),
                    "" + (number - 1),
                    number + ".5",
                    "" + (number + row),
                    "" + (number - row)));
        }
        texts.addAll(List.of("0", "1", "-1", "0.5"));
        return texts;
    }

    static List<String> times(Wish wish) {
        int row = wish.row();
        String day = "20%02d-%02d-%02d".formatted(row % 90 + 1, row % 12 + 1, row % 28 + 1);
        List<String> texts = new ArrayList<>(wish.rotated());
        texts.addAll(List.of(
                day,
                day + " 10:00+00",
                "20:%02d:00".formatted(row % 60),
                "%d days".formatted(row + 1),
                "1 day",
                "2999-01-01"));
        return texts;
    }

    static List<String> ranges(Wish wish) {
        int from = wish.row() * 10;
        int year = 1900 + wish.row() % 900;
        List<String> texts = new ArrayList<>();
        for (String range : List.of("[%d,%d)".formatted(from, from + 5), "[%d-01-01,%1$d-06-01)".formatted(year))) {
            texts.add(range);
            texts.add("{" + range + "}");
        }
        texts.addAll(wish.rotated());
        texts.addAll(List.of("empty", "{}"));
        return texts;
    }
}
