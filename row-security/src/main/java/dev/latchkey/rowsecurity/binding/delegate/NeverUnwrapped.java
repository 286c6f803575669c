package dev.latchkey.rowsecurity.binding.delegate;

import java.sql.SQLException;
import java.sql.Wrapper;

/** A JDBC object that does not hand out what it wraps: SQL on the driver's own object would run unbound. */
public interface NeverUnwrapped extends Wrapper {

    @Override
    default <T> T unwrap(Class<T> type) throws SQLException {
        return itself(this, type);
    }

    /** What {@link #unwrap} answers for an object: itself, or nothing. */
    static <T> T itself(Object object, Class<T> type) throws SQLException {
        if (type.isInstance(object)) {
            return type.cast(object);
        }
        throw new SQLException("Row security does not hand out the driver's " + type.getSimpleName()
                + ": SQL sent through it would be bound to no owner");
    }

    @Override
    default boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
