package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.Table;
import org.jspecify.annotations.Nullable;

/** No row could be made up for a table. The message names the table, what stands against it, and what to do. */
public final class RowNotInventedException extends RuntimeException {

    RowNotInventedException(Table table, String obstacle, @Nullable Throwable cause) {
        super(
                "No row could be invented for %s: %s. Give a sample: @Sample(table = \"%1$s\", row = \"select … as <column>, …\")"
                        .formatted(table.name(), obstacle),
                cause);
    }
}
