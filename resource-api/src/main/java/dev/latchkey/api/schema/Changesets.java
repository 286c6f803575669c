package dev.latchkey.api.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Names of changesets, {@code works.sql:works}, in their order.
 *
 * @param names without repetition
 */
record Changesets(TreeSet<String> names) {

    /** The build copies the changelogs here; that of schema {@code app} comes with row-security. */
    private static final String[] CHANGELOGS = {
        "classpath*:schema/*.sql", "classpath*:dev/latchkey/rowsecurity/changelog/*.sql"
    };

    private static final Pattern CHANGESET = Pattern.compile("^--\\s*changeset [^:\\s]+:(\\S+)", Pattern.MULTILINE);

    /** Those that this build was made for. */
    static Changesets expected() {
        var names = new TreeSet<String>();
        var resources = new PathMatchingResourcePatternResolver();
        try {
            for (String pattern : CHANGELOGS) {
                for (Resource changelog : resources.getResources(pattern)) {
                    Matcher changeset = CHANGESET.matcher(changelog.getContentAsString(StandardCharsets.UTF_8));
                    changeset.results().forEach(found -> names.add(changelog.getFilename() + ":" + found.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Changesets(names);
    }

    /** Those that a list names, as the migration writes it: separated by white space. */
    static Changesets of(String list) {
        return new Changesets(Arrays.stream(list.strip().split("\\s+"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    Changesets without(Changesets others) {
        var rest = new TreeSet<>(names);
        rest.removeAll(others.names);
        return new Changesets(rest);
    }
}
