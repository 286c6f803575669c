package dev.latchkey.journey;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Output that a document promises. */
final class Expected {

    private Expected() {}

    /** @param text in which … stands for anything */
    static Pattern pattern(String text) {
        return Pattern.compile(
                Stream.of(text.strip().split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
