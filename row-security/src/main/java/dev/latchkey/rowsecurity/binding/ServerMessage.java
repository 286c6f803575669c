package dev.latchkey.rowsecurity.binding;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
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
            return ofBatch(batch, batch.getLargeUpdateCounts());
        }
        return e instanceof PSQLException server && server.getServerErrorMessage() != null
                ? new PSQLException(server.getServerErrorMessage(), false)
                : e;
    }

    /** @param counts what each of the statements did */
    static BatchUpdateException ofBatch(SQLException e, long[] counts) {
        SQLException reason = withoutRows(reasonOf(e));
        BatchUpdateException cleaned = new BatchUpdateException(
                "A statement of the batch failed: " + reason.getMessage(),
                reason.getSQLState(),
                reason.getErrorCode(),
                counts,
                reason);
        cleaned.setNextException(reason);
        return cleaned;
    }

    private static SQLException reasonOf(BatchUpdateException batch) {
        SQLException next = batch.getNextException();
        if (next != null) {
            return reasonOf(next);
        }
        return batch.getCause() instanceof SQLException cause
                ? reasonOf(cause)
                : new SQLException("no reason was given", batch.getSQLState(), batch.getErrorCode());
    }

    private static SQLException reasonOf(SQLException e) {
        return e instanceof BatchUpdateException batch ? reasonOf(batch) : e;
    }
}
