package dev.latchkey.rowsecurity.binding.delegate;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A parameter of a statement that is not yet prepared. */
@FunctionalInterface
public interface Parameter {

    void applyTo(PreparedStatement statement, int index) throws SQLException;
}
