package dev.latchkey.rowsecurity.binding.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What was found out about SQL texts, so that each is read once. Bounded: when it is full it begins anew, and it keeps no very long texts. */
public final class KnownTexts<T> {

    private static final int LONGEST = 8_192;

    private final int most;
    private final Map<String, T> known = new ConcurrentHashMap<>();

    /** @param most texts that are kept at a time */
    public KnownTexts(int most) {
        this.most = most;
    }

    /** Null if nothing is known of it. */
    public @Nullable T get(String text) {
        return known.get(text);
    }

    public void put(String text, T found) {
        if (known.size() >= most) {
            known.clear();
        }
        if (text.length() <= LONGEST) {
            known.put(text, found);
        }
    }
}
