package dev.latchkey.api.writes;

import dev.latchkey.api.table.ManyRows;
import dev.latchkey.api.table.Row;
import dev.latchkey.api.table.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows that a batch is about, each asked for once, until a deletion may have taken others along. */
final class KnownRows {

    private final ManyRows rows;
    private final Map<Place, Row<?>> there = new HashMap<>();
    private final Set<Place> asked = new HashSet<>();

    KnownRows(ManyRows rows) {
        this.rows = rows;
    }

    /** From now on it is known which of them are there. One query for each table that has any of which it was not. */
    void look(Set<Place> places) {
        Map<Table<?, ?>, Set<UUID>> unknown = places.stream()
                .filter(asked::add)
                .collect(Collectors.groupingBy(Place::table, Collectors.mapping(Place::id, Collectors.toSet())));
        unknown.forEach((table, ids) ->
                rows.find(table, ids).forEach((id, row) -> there.put(new Place(table, id), row)));
    }

    @Nullable
    Row<?> at(Place place) {
        return there.get(place);
    }

    boolean has(Place place) {
        return there.containsKey(place);
    }

    void add(Place place, Row<?> row) {
        there.put(place, row);
    }

    void forget() {
        rows.forget();
        there.clear();
        asked.clear();
    }
}
