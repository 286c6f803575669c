package dev.latchkey.api.writes;

import dev.latchkey.api.table.Families;
import dev.latchkey.api.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations that are still to be done. Their order counts for those on one row, and between a deletion and operations on tables
 * whose rows may go with it; what is left of it is free, so that many rows can be written at once.
 */
final class Backlog {

    private final Set<Op<?, ?>> pending;
    private final Families families;
    private final OnConflict onConflict;

    /** How many of them can make a row of nothing, by where it would be. */
    private final Map<Place, Integer> creations = new HashMap<>();

    /** Each with the parent that is not there yet. */
    private final Map<Op<?, ?>, Place> waiting = new HashMap<>();

    Backlog(List<Op<?, ?>> ops, OnConflict onConflict, Families families) {
        this.pending = new LinkedHashSet<>(ops);
        this.onConflict = onConflict;
        this.families = families;
        ops.stream().filter(op -> op.creates(onConflict)).forEach(op -> creations.merge(op.place(), 1, Integer::sum));
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Operations that can be done at once, parents before their children and no two on one row. */
    List<Op<?, ?>> next() {
        waiting.values().removeIf(parent -> !isCreatable(parent));
        List<Op<?, ?>> ready = new ArrayList<>();
        Set<Place> taken = new HashSet<>();
        Set<Place> stalled = new HashSet<>();
        Set<Table<?, ?>> touched = new HashSet<>();
        Set<Table<?, ?>> deletedFrom = new HashSet<>();
        for (Op<?, ?> op : pending) {
            if (waiting.containsKey(op)) {
                stalled.add(op.place());
            }
            // What waits stands aside: others need not wait for it, but for those on its row.
            if (stalled.contains(op.place())) {
                continue;
            }
            boolean first = taken.add(op.place());
            if (first && mayOvertake(op, touched, deletedFrom)) {
                ready.add(op);
            }
            touched.add(op.table());
            if (op.deletes()) {
                deletedFrom.add(op.table());
            }
        }
        ready.sort(Comparator.<Op<?, ?>>comparingInt(
                        op -> families.ancestors(op.table()).size())
                .thenComparing(op -> op.table().name()));
        return ready;
    }

    private boolean mayOvertake(Op<?, ?> op, Set<Table<?, ?>> touched, Set<Table<?, ?>> deletedFrom) {
        return Collections.disjoint(families.ancestors(op.table()), deletedFrom)
                && !(op.deletes()
                        && touched.stream()
                                .anyMatch(below -> families.ancestors(below).contains(op.table())));
    }

    void done(Op<?, ?> op) {
        pending.remove(op);
        if (op.creates(onConflict)) {
            creations.merge(op.place(), -1, Integer::sum);
        }
    }

    /** Lets an operation wait for its parent; false if none that is still to be done can create that. */
    boolean awaits(Op<?, ?> op, Place parent) {
        if (!isCreatable(parent)) {
            return false;
        }
        waiting.put(op, parent);
        return true;
    }

    private boolean isCreatable(Place parent) {
        return creations.getOrDefault(parent, 0) > 0;
    }
}
