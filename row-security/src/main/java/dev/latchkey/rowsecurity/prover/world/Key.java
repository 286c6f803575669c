package dev.latchkey.rowsecurity.prover.world;

import java.util.List;

/**
 * A unique key or exclusion constraint on plain columns.
 *
 * @param name of the index, as SQL
 * @param primary whether it is the primary key
 */
public record Key(String name, boolean primary, List<String> columns) {

    /** The columns besides {@code owner_id}: what the key would be without the owner. */
    public List<String> withoutOwner() {
        return columns.stream().filter(column -> !column.equals(Table.OWNER_ID)).toList();
    }
}
