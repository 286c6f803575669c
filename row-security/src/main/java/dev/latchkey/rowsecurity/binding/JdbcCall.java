package dev.latchkey.rowsecurity.binding;

import java.sql.SQLException;

/** A call of the driver. */
@FunctionalInterface
interface JdbcCall<T> {

    T run() throws SQLException;
}
