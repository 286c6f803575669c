package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.binding.delegate.Parameter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement that is not yet prepared. */
final class Parameters {

    private @Nullable Parameter[] values;

    Parameters() {
        this(new Parameter[8]);
    }

    private Parameters(@Nullable Parameter[] values) {
        this.values = values;
    }

    void set(int index, Parameter parameter) throws SQLException {
        if (index < 1) {
            throw new SQLException("Parameters are counted from 1, there is no " + index, "22023");
        }
        if (index > values.length) {
            values = Arrays.copyOf(values, Math.max(index, 2 * values.length));
        }
        values[index - 1] = parameter;
    }

    void applyTo(PreparedStatement statement, int shift) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Parameter parameter = values[i];
            if (parameter != null) {
                parameter.applyTo(statement, i + 1 + shift);
            }
        }
    }

    /** Up to the last that is set. */
    int count() {
        int count = values.length;
        while (count > 0 && values[count - 1] == null) {
            count--;
        }
        return count;
    }

    Parameters copy() {
        return new Parameters(values.clone());
    }
}
