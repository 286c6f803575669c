package dev.latchkey.api.problem;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.UriUtils;

/** JSON pointers as URI fragments (RFC 6901 §6), the form of the example in RFC 9457 §3. */
final class Pointers {

    /** Characters. Names come from the caller, who must not make an answer as long as he likes. */
    private static final int LONGEST = 200;

    private Pointers() {}

    static String of(Stream<String> steps) {
        String pointer = steps.map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
        String shown = pointer.length() <= LONGEST ? pointer : pointer.substring(0, LONGEST) + "…";
        return "#" + UriUtils.encodeFragment(shown, StandardCharsets.UTF_8);
    }

    /** For a path of Java properties such as {@code authors[3]} or {@code publishedYear}. */
    static String ofProperty(String path) {
        String snake = path.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return of(Stream.of(snake.replace("]", "").split("[.\\[]", -1)));
    }
}
