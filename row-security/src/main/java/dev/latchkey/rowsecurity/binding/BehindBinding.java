package dev.latchkey.rowsecurity.binding;

import java.sql.SQLException;

/** Sends a statement behind its binding, in one flush, and reads what it answers. */
@FunctionalInterface
interface BehindBinding<T> {

    T send(Binding before) throws SQLException;
}
