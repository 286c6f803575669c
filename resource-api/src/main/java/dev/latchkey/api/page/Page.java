package dev.latchkey.api.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor asks for the next page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * The page that shows {@code rows}, cut to what was asked for.
     *
     * @param rows what a query for {@link PageRequest#rows()} found
     */
    public static <R, T> Page<T> of(
            PageRequest request, List<R> rows, Function<R, T> view, Function<R, Cursor> cursor) {
        List<R> shown = rows.subList(0, Math.min(rows.size(), request.limit()));
        String next = rows.size() > request.limit()
                ? cursor.apply(shown.get(shown.size() - 1)).toString()
                : null;
        return new Page<>(shown.stream().map(view).toList(), next);
    }
}
