package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A value is wanted for a column, and this is what its constraints suggest.
 *
 * @param literals string literals in the constraints' text
 * @param numbers that stand anywhere in it, also in the type's modifier
 * @param row number of the row: what can, differs from row to row
 */
record Wish(Column column, List<String> literals, Set<Integer> numbers, int row, Random random) {

    private static final Pattern STRING = Pattern.compile("'((?:[^']|'')*)'");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.'])-?\\d+(?:\\.\\d+)?(?![\\w'])");

    /** @param rules text of every constraint that holds for the column */
    static Wish of(Column column, String rules, int row, Random random) {
        List<String> literals = new ArrayList<>();
        Matcher strings = STRING.matcher(rules);
        while (strings.find()) {
            literals.add(strings.group(1).replace("''", "'"));
        }
        Set<Integer> numbers = new TreeSet<>();
        Matcher found = NUMBER.matcher(STRING.matcher(rules).replaceAll(" ") + " " + String.join(" ", literals) + " "
                + column.type().replaceAll("[^\\d]", " "));
        while (found.find()) {
            double number = Double.parseDouble(found.group());
            if (Math.abs(number) < Integer.MAX_VALUE - 2) {
                numbers.add((int) number);
            }
        }
        return new Wish(column, literals, numbers, row, random);
    }

    /** The literals, beginning with another one from row to row. */
    List<String> rotated() {
        return IntStream.range(0, literals.size())
                .mapToObj(i -> literals.get((i + row) % literals.size()))
                .toList();
    }

    /** The numbers and their neighbours, as lengths up to a limit. */
    int[] lengths(int longest) {
        return numbers.stream()
                .flatMapToInt(number -> IntStream.rangeClosed(Math.max(0, number - 1), Math.min(number + 1, longest)))
                .distinct()
                .toArray();
    }

    String letters(String alphabet, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
                .collect(Collectors.joining());
    }
}
