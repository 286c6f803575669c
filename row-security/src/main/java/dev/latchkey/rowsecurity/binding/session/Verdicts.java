package dev.latchkey.rowsecurity.binding.session;

import org.jspecify.annotations.Nullable;

/** What statements leave by one state of the catalogue, by their text and by its shape. */
final class Verdicts {

    private static final int STATEMENTS = 4_096;

    private final Catalogue catalogue;
    private final KnownTexts<Trace> traces = new KnownTexts<>(STATEMENTS);

    Verdicts(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    String version() {
        return catalogue.version();
    }

    @Nullable
    Trace known(String sql) {
        Trace trace = traces.get(sql);
        if (trace == null) {
            trace = traces.get(SqlText.of(sql).shape());
            if (trace != null) {
                traces.put(sql, trace);
            }
        }
        return trace;
    }

    Trace judge(String sql) {
        SqlText text = SqlText.of(sql);
        Trace trace = catalogue.traceOf(text);
        traces.put(sql, trace);
        traces.put(text.shape(), trace);
        return trace;
    }
}
