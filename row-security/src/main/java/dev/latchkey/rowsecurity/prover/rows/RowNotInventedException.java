package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** No row could be made up for a table. The message names the table, what stands against it, and what to do. */
public final class RowNotInventedException extends RuntimeException {

    RowNotInventedException(Table table, String obstacle, @Nullable Throwable cause) {
        super(
                "No row could be invented for %s: %s. Give a sample: @Sample(table = \"%1$s\", row = \"select … as <column>, …\")"
                        .formatted(table.name(), obstacle),
                cause);
    }

    /** Postgres refused every row that was tried. */
    RowNotInventedException(Table table, SQLException refusal) {
        this(table, reason(refusal), refusal);
    }

    private static String reason(SQLException refusal) {
        ServerErrorMessage error = refusal instanceof PSQLException said ? said.getServerErrorMessage() : null;
        return error == null || error.getConstraint() == null
                ? String.valueOf(refusal.getMessage())
                : "%s (constraint %s)".formatted(error.getMessage(), error.getConstraint());
    }
}
