package dev.latchkey.rowsecurity.prover.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.rowsecurity.prover.world.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts to try for a column, the likeliest first: those that differ from row to row, then what the constraints' own literals suggest. Most are no values of
 * the column's type at all; {@link Solver} lets Postgres drop those.
 */
final class Candidates {

    private static final Pattern STRING = Pattern.compile("'((?:[^']|'')*)'");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.'])-?\\d+(?:\\.\\d+)?(?![\\w'])");
    /** Longer than any length that a row is worth being made for. */
    private static final int LONGEST = 20_000;

    private final Set<String> texts = new LinkedHashSet<>();
    private final int row;
    private final Random random;
    private final List<String> literals = new ArrayList<>();
    private final Set<Integer> numbers = new TreeSet<>();

    private Candidates(Column column, String rules, int row, Random random) {
        this.row = row;
        this.random = random;
        Matcher strings = STRING.matcher(rules);
        while (strings.find()) {
            literals.add(strings.group(1).replace("''", "'"));
        }
        Matcher found = NUMBER.matcher(STRING.matcher(rules).replaceAll(" ") + " " + String.join(" ", literals) + " "
                + column.type().replaceAll("[^\\d]", " "));
        while (found.find()) {
            double number = Double.parseDouble(found.group());
            if (Math.abs(number) < Integer.MAX_VALUE - 2) {
                numbers.add((int) number);
            }
        }
        collect(column);
    }

    /** @param rules text of every constraint that holds for the column */
    static List<String> of(Column column, String rules, int row, Random random) {
        return new ArrayList<>(new Candidates(column, column.rules() + " " + rules, row, random).texts);
    }

    private void collect(Column column) {
        switch (column.category()) {
            case "E" -> rotated(literals);
            case "N" -> ofNumbers();
            case "S" -> ofStrings();
            case "A" -> ofArrays(column);
            case "R" -> ofRanges();
            case "B" -> add(row % 2 == 0 ? "true" : "false", "true", "false");
            case "D", "T" -> ofTimes();
            default -> {
                ofOthers();
                ofDocuments();
                ofNumbers();
                ofStrings();
            }
        }
    }

    private void ofNumbers() {
        add("" + (1000 + row), "" + row, "0." + row, "" + (row % 90 + 10));
        for (int number : numbers) {
            add(
                    "" + number,
                    "" + (number + 1),
                    "" + (number - 1),
                    number + ".5",
                    "" + (number + row),
                    "" + (number - row));
        }
        add("0", "1", "-1", "0.5");
    }

    private void ofStrings() {
        for (String literal : literals) {
            for (int i = 0; i < 4; i++) {
                RegexSample.of(literal, random)
                        .filter(sample -> !sample.equals(literal))
                        .ifPresent(texts::add);
            }
            add(literal.replace('%', 'x').replace('_', 'x'));
        }
        add("row " + row + " " + Integer.toHexString(random.nextInt()), "r" + row, "" + (char) ('A' + row % 26));
        rotated(literals);
        for (int number : numbers) {
            for (int length = Math.max(0, number - 1); length <= Math.min(number + 1, LONGEST); length++) {
                add(letters("abcdef", length), letters("0123456789", length), letters("ABCDEF", length));
            }
        }
        ofNumbers();
        add(
                "row" + row + "@example.test",
                "https://example.test/" + row,
                UUID.randomUUID().toString(),
                "en",
                "EUR",
                "");
    }

    private void ofTimes() {
        String day = "20%02d-%02d-%02d".formatted(row % 90 + 1, row % 12 + 1, row % 28 + 1);
        rotated(literals);
        add(
                day,
                day + " 10:00+00",
                "20:%02d:00".formatted(row % 60),
                "%d days".formatted(row + 1),
                "1 day",
                "2999-01-01");
    }

    private void ofRanges() {
        int from = row * 10;
        String start = "%04d-01-01".formatted(1900 + row % 900);
        String end = "%04d-06-01".formatted(1900 + row % 900);
        add("[%d,%d)".formatted(from, from + 5), "[%s,%s)".formatted(start, end));
        add("{[%d,%d)}".formatted(from, from + 5), "{[%s,%s)}".formatted(start, end));
        rotated(literals);
        add("empty", "{}");
    }

    private void ofArrays(Column column) {
        var element = new Column(column.name(), column.type(), "", column.notNull(), column.filled(), column.rules());
        // Labels of an enum stand among the literals, and are not to be outnumbered.
        Set<String> likeliest = new LinkedHashSet<>(literals);
        likeliest.addAll(new Candidates(element, String.join(" ", quoted()), row, random).texts);
        List<String> elements = new ArrayList<>(likeliest);
        for (String one : elements.subList(0, Math.min(60, elements.size()))) {
            add("{" + quote(one) + "}");
        }
        for (int number : numbers) {
            for (String one : elements.subList(0, Math.min(8, elements.size()))) {
                for (int length = Math.max(0, number - 1); length <= Math.min(number + 1, 200); length++) {
                    add("{" + String.join(",", Collections.nCopies(length, quote(one))) + "}");
                }
            }
        }
        add("{}", "{{1,2},{3,4}}");
    }

    private List<String> quoted() {
        return literals.stream().map(l -> "'" + l.replace("'", "''") + "'").toList();
    }

    private void ofDocuments() {
        add("{\"row\": %d}".formatted(row), "[%d]".formatted(row), "\"row %d\"".formatted(row));
        List<String> keys = literals.stream().map(Candidates::quote).distinct().toList();
        for (String value : List.of("1", "\"x\"", "[]", "{}", "true")) {
            add("{"
                    + String.join(
                            ", ", keys.stream().map(key -> key + ": " + value).toList()) + "}");
        }
        for (String key : keys.subList(0, Math.min(8, keys.size()))) {
            for (String value : keys.subList(0, Math.min(8, keys.size()))) {
                add("{%s: %s}".formatted(key, value));
            }
        }
        for (int number : numbers) {
            add("[" + String.join(",", Collections.nCopies(Math.max(0, Math.min(number, 100)), "1")) + "]");
        }
        add("{}", "[]", "true", "null");
    }

    private void ofOthers() {
        add(UUID.nameUUIDFromBytes(("" + row + random.nextInt()).getBytes(UTF_8))
                .toString());
        add("10.%d.%d.0/24".formatted(row / 250 % 250, row % 250), "10.0.%d.%d".formatted(row / 250 % 250, row % 250));
        add(
                "08:00:2b:01:%02x:%02x".formatted(row / 250 % 250, row % 250),
                "08:00:2b:01:02:03:%02x:%02x".formatted(row / 250 % 250, row % 250));
        for (int number : numbers) {
            for (int length = Math.max(0, number - 1); length <= Math.min(number + 1, LONGEST); length++) {
                add("\\x" + letters("0123456789abcdef", 2 * length), letters("01", length));
            }
        }
        add(
                "\\x%08x".formatted(row),
                "(%d,2)".formatted(row),
                "((0,0),(1,%d))".formatted(row + 1),
                "{1,2,%d}".formatted(row));
        add(
                "<(1,2),%d>".formatted(row + 1),
                "[(0,0),(1,%d)]".formatted(row + 1),
                "0/%X".formatted(row + 1),
                "<row>%d</row>".formatted(row));
        add(
                "101",
                "$.a",
                "(%d,%d)".formatted(row, row),
                "(%d)".formatted(row),
                "(r%d,%d)".formatted(row, row),
                "(,)",
                "()",
                "(,,)",
                "(,,,)",
                "(,,,,)");
    }

    private void rotated(List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            add(values.get((i + row) % values.size()));
        }
    }

    private String letters(String alphabet, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
                .collect(Collectors.joining());
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void add(String... more) {
        texts.addAll(List.of(more));
    }
}
