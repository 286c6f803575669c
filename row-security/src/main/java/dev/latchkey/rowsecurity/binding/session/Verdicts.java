package dev.latchkey.rowsecurity.binding.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What statements leave by one state of the catalogue, by their text and by its shape; as bounded as what is put in. */
final class Verdicts {

    private static final int STATEMENTS = 4_096;
    private static final int LENGTH = 8_192;

    private final Catalogue catalogue;
    private final Map<String, Trace> traces = new ConcurrentHashMap<>();

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
                keep(sql, trace);
            }
        }
        return trace;
    }

    Trace judge(String sql) {
        SqlText text = SqlText.of(sql);
        Trace trace = catalogue.traceOf(text);
        keep(sql, trace);
        keep(text.shape(), trace);
        return trace;
    }

    private void keep(String key, Trace trace) {
        if (traces.size() >= STATEMENTS) {
            traces.clear();
        }
        if (key.length() <= LENGTH) {
            traces.put(key, trace);
        }
    }
}
