package dev.latchkey.rowsecurity.prover.world;

import java.util.List;

/**
 * A table of the live schema.
 *
 * @param name as SQL, with its schema
 * @param ownerColumn what the column is called that says whose a row is, whether this table has it or not
 * @param owner role that owns it, as SQL
 * @param ownerIsHeld whether row security could hold that role: no superuser, no BYPASSRLS
 * @param columns that can be given values, in order
 */
public record Table(
        String name,
        String ownerColumn,
        String owner,
        boolean ownerIsHeld,
        boolean partitioned,
        List<Column> columns,
        List<Check> checks,
        List<Key> keys,
        List<ForeignKey> foreignKeys) {

    public boolean isOwned() {
        return columns.stream().anyMatch(column -> column.name().equals(ownerColumn));
    }

    public Column column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s.%s cannot be given a value (generated?), so no row can refer to it"
                                .formatted(name, wanted)));
    }

    /** Names of the columns besides the owner's. */
    public List<String> ownColumns() {
        return withoutOwner(columns.stream().map(Column::name).toList());
    }

    /** These names, without the owner column's. */
    public List<String> withoutOwner(List<String> names) {
        return names.stream().filter(column -> !column.equals(ownerColumn)).toList();
    }
}
