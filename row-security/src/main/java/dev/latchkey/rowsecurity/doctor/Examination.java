package dev.latchkey.rowsecurity.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** All lints as one statement, so that an examination costs one round trip. Its parameter is the declared policies as JSON. */
final class Examination {

    static final String SQL = resource("reach.sql")
            + Arrays.stream(Lint.values())
                    .map(lint -> "select '%s' as lint, object, remedy from (%n%s) found%n"
                            .formatted(lint.name(), resource("lint/" + lint.code() + ".sql")))
                    .collect(Collectors.joining("union all\n", "", "order by lint, object"));

    private Examination() {}

    private static String resource(String name) {
        try (InputStream stream = Examination.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The doctor's query " + name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
