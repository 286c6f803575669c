package dev.latchkey.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The most telling line of a log. */
final class LogCause {

    private static final int LONGEST = 300;

    /** Causes that have an answer of their own. */
    private static final Map<String, String> KNOWN = Map.of(
            "No space left on device", "the disk is full, so make room or set LATCHKEY_STATE to a directory elsewhere",
            "Address already in use", "a port that it needs is taken by another program",
            "java.lang.OutOfMemoryError", "there is not enough memory",
            "Cannot allocate memory", "there is not enough memory");

    private static final List<Pattern> TELLING = List.of(
            Pattern.compile("Caused by: .*"),
            Pattern.compile("(?:FATAL|PANIC): .*"),
            Pattern.compile("ERROR\\b.*"),
            Pattern.compile(".*(?:Exception|Error): .*"),
            Pattern.compile(".*[Ee]rror: .*"));

    private LogCause() {}

    static String in(Path log) {
        List<String> lines;
        try {
            lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            return "its log cannot be read";
        }
        for (var known : KNOWN.entrySet()) {
            if (lines.stream().anyMatch(line -> line.contains(known.getKey()))) {
                return known.getValue();
            }
        }
        for (Pattern pattern : TELLING) {
            var last = lines.stream()
                    .map(pattern::matcher)
                    .filter(java.util.regex.Matcher::find)
                    .map(java.util.regex.Matcher::group)
                    .reduce((earlier, later) -> later);
            if (last.isPresent()) {
                return shortened(last.get());
            }
        }
        return lines.isEmpty() ? "it wrote nothing" : "its last words were: " + shortened(lines.get(lines.size() - 1));
    }

    private static String shortened(String line) {
        String text = line.strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
