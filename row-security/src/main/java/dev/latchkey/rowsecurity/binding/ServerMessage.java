package dev.latchkey.rowsecurity.binding;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * What Postgres said of a failure, without what it shows of rows: DETAIL has the values of a violated key or the whole failing row,
 * and the driver's message of a failed batch has the statement with its parameters. All that goes into logs.
 */
final class ServerMessage {

    private ServerMessage() {}

    static SQLException withoutRows(SQLException e) {
        SQLException cleaned = cleaned(e);
        if (cleaned != e) {
            cleaned.setStackTrace(e.getStackTrace());
        }
        return cleaned;
    }

    private static SQLException cleaned(SQLException e) {
        if (e instanceof BatchUpdateException batch) {
            SQLException reason = reasonOf(batch);
            SQLException known = reason == null ? null : withoutRows(reason);
            BatchUpdateException cleaned = new BatchUpdateException(
                    "A statement of the batch failed" + (known == null ? "" : ": " + known.getMessage()),
                    batch.getSQLState(),
                    batch.getErrorCode(),
                    batch.getLargeUpdateCounts(),
                    known);
            if (known != null) {
                cleaned.setNextException(known);
            }
            return cleaned;
        }
        return e instanceof PSQLException server && server.getServerErrorMessage() != null
                ? new PSQLException(server.getServerErrorMessage(), false)
                : e;
    }

    private static @Nullable SQLException reasonOf(BatchUpdateException batch) {
        return batch.getNextException() != null
                ? batch.getNextException()
                : batch.getCause() instanceof SQLException cause ? cause : null;
    }
}
