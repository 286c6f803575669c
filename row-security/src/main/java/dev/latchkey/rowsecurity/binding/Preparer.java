package dev.latchkey.rowsecurity.binding;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Prepares SQL the way the caller asked for (cursor type, generated keys). */
@FunctionalInterface
interface Preparer {
    PreparedStatement prepare(String sql) throws SQLException;
}
