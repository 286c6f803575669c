package dev.latchkey.rowsecurity.binding.delegate;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A property of a statement that is not yet prepared. */
@FunctionalInterface
public interface Setting {

    void applyTo(PreparedStatement statement) throws SQLException;
}
