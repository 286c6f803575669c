package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.binding.delegate.DelegatingResultSet;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows that lead back to the bound statement, not to the driver's. */
final class BindingResultSet extends DelegatingResultSet {

    private final ResultSet delegate;
    private final @Nullable Statement statement;

    BindingResultSet(ResultSet delegate, @Nullable Statement statement) {
        this.delegate = delegate;
        this.statement = statement;
    }

    static @Nullable ResultSet of(@Nullable ResultSet delegate, Statement statement) {
        return delegate == null ? null : new BindingResultSet(delegate, statement);
    }

    @Override
    protected ResultSet delegate() {
        return delegate;
    }

    @Override
    public @Nullable Statement getStatement() {
        return statement;
    }
}
