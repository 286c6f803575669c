package dev.latchkey.rowsecurity.prover.world;

import java.util.List;

/**
 * A table of the live schema.
 *
 * @param name as SQL, with its schema
 * @param owner role that owns it, as SQL
 * @param ownerIsHeld whether row security could hold that role: no superuser, no BYPASSRLS
 * @param columns that can be given values, in order
 */
public record Table(
        String name,
        String owner,
        boolean ownerIsHeld,
        boolean partitioned,
        List<Column> columns,
        List<Check> checks,
        List<Key> keys,
        List<ForeignKey> foreignKeys) {

    public static final String OWNER_ID = "owner_id";

    public boolean isOwned() {
        return columns.stream().anyMatch(column -> column.name().equals(OWNER_ID));
    }

    public Column column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s.%s cannot be given a value (generated?), so no row can refer to it"
                                .formatted(name, wanted)));
    }

    /** Names of the columns besides {@code owner_id}. */
    public List<String> ownColumns() {
        return columns.stream()
                .map(Column::name)
                .filter(column -> !column.equals(OWNER_ID))
                .toList();
    }
}
