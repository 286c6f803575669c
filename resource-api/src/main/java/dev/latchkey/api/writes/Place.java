package dev.latchkey.api.writes;

import dev.latchkey.api.table.Table;
import java.util.UUID;

/** Where a row is, or would be. */
record Place(Table<?, ?> table, UUID id) {}
