package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.EnumSet;
import java.util.Set;

/**
 * A column of a relation or of a query.
 *
 * @param name as SQL
 * @param type as SQL, with its modifier
 * @param category {@code pg_type.typcategory}
 * @param origin {@code relation.column} that its values come from
 */
record Attribute(String name, String type, String category, String origin, Set<Use> uses) {

    boolean is(Use use) {
        return uses.contains(use);
    }

    /** The same under another name, as a query gives it. */
    Attribute as(String alias) {
        return new Attribute(alias, type, category, origin, uses);
    }

    /** The same, but only to be compared if it stands in a key. */
    Attribute onlyKeyCompared() {
        Set<Use> fewer = EnumSet.copyOf(uses);
        if (!is(Use.KEY)) {
            fewer.remove(Use.ORDER);
        }
        return new Attribute(name, type, category, origin, fewer);
    }
}
