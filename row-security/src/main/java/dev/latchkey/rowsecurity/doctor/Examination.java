package dev.latchkey.rowsecurity.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All lints as one statement, so that an examination costs one round trip. Its parameters stand in {@code reach.sql}. */
final class Examination {

    static final String SQL = resource("reach.sql") + lints() + "order by position, object";

    private Examination() {}

    private static String lints() {
        Lint[] lints = Lint.values();
        return IntStream.range(0, lints.length)
                .mapToObj(position -> "select %d as position, '%s' as lint, object, remedy from (%n%s) found%n"
                        .formatted(position, lints[position], resource("lint/" + lints[position].code() + ".sql")))
                .collect(Collectors.joining("union all\n"));
    }

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
