package dev.latchkey.rowsecurity.prover.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A text that matches a regular expression of the kind that check constraints hold: classes, groups, alternatives, quantifiers. What it does not understand gives
 * nothing; what it gives is a candidate, and Postgres decides.
 */
final class RegexSample {

    private static final String PLAIN = "abcdef0123456789";

    private final String regex;
    private final RandomGenerator random;
    private int at;

    private RegexSample(String regex, RandomGenerator random) {
        this.regex = regex;
        this.random = random;
    }

    static Optional<String> of(String regex, RandomGenerator random) {
        var sample = new RegexSample(regex, random);
        try {
            String text = sample.alternatives();
            return sample.at == regex.length() && text.length() < 10_000 ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private String alternatives() {
        List<String> branches = new ArrayList<>();
        branches.add(sequence());
        while (at < regex.length() && regex.charAt(at) == '|') {
            at++;
            branches.add(sequence());
        }
        return branches.get(random.nextInt(branches.size()));
    }

    private String sequence() {
        var text = new StringBuilder();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            int atom = at;
            String once = atom();
            int afterAtom = at;
            int times = times();
            int afterTimes = at;
            for (int i = 0; i < times; i++) {
                if (i > 0) {
                    // Again, for other letters.
                    at = atom;
                    once = atom();
                    at = afterAtom;
                }
                text.append(once);
            }
            at = afterTimes;
        }
        return text.toString();
    }

    private String atom() {
        char c = regex.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> pick(PLAIN);
            case '[' -> pick(characterClass());
            case '(' -> group();
            case '\\' -> pick(escaped(regex.charAt(at++)));
            default -> String.valueOf(c);
        };
    }

    private String group() {
        if (regex.startsWith("?:", at)) {
            at += 2;
        }
        String group = alternatives();
        if (regex.charAt(at++) != ')') {
            throw new IllegalArgumentException(regex);
        }
        return group;
    }

    private String characterClass() {
        var members = new StringBuilder();
        boolean negated = regex.charAt(at) == '^';
        if (negated) {
            at++;
        }
        for (boolean first = true; first || regex.charAt(at) != ']'; first = false) {
            if (regex.startsWith("[:", at)) {
                int end = regex.indexOf(":]", at);
                members.append(posix(regex.substring(at + 2, end)));
                at = end + 2;
                continue;
            }
            char from = regex.charAt(at++);
            if (from == '\\') {
                members.append(escaped(regex.charAt(at++)));
            } else if (regex.charAt(at) == '-' && regex.charAt(at + 1) != ']') {
                for (char c = from; c <= regex.charAt(at + 1); c++) {
                    members.append(c);
                }
                at += 2;
            } else {
                members.append(from);
            }
        }
        at++;
        if (!negated) {
            return members.toString();
        }
        var others = new StringBuilder();
        PLAIN.chars().filter(c -> members.indexOf(Character.toString(c)) < 0).forEach(others::appendCodePoint);
        return others.toString();
    }

    private static String posix(String name) {
        return switch (name) {
            case "digit", "xdigit" -> "0123456789";
            case "upper" -> "ABCDEF";
            case "space" -> " ";
            case "punct" -> ".,-";
            default -> "abcdef";
        };
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'd' -> "0123456789";
            case 'w' -> PLAIN;
            case 's' -> " ";
            case 'A', 'Z', 'm', 'M', 'y' -> throw new IllegalArgumentException("constraint escape");
            default -> String.valueOf(c);
        };
    }

    private int times() {
        if (at == regex.length()) {
            return 1;
        }
        char quantifier = regex.charAt(at);
        if (quantifier == '{') {
            return bounded();
        }
        if (quantifier != '+' && quantifier != '*' && quantifier != '?') {
            return 1;
        }
        at++;
        return quantifier == '?' ? random.nextInt(2) : random.nextInt(8) + (quantifier == '+' ? 1 : 0);
    }

    private int bounded() {
        int end = regex.indexOf('}', at);
        String[] bounds = regex.substring(at + 1, end).split(",", -1);
        at = end + 1;
        int least = Integer.parseInt(bounds[0]);
        int most = bounds.length == 1
                ? least
                : bounds[1].isEmpty() ? least + 8 : Math.min(Integer.parseInt(bounds[1]), least + 24);
        return least + random.nextInt(most - least + 1);
    }

    private String pick(String letters) {
        return String.valueOf(letters.charAt(random.nextInt(letters.length())));
    }
}
