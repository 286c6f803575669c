package dev.latchkey.api.observability;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An exception in the log: types and frames, without messages. Drivers, parsers and frameworks quote values in them; our own do not. */
record DiscreetThrowable(IThrowableProxy whole) implements IThrowableProxy {

    private static final String OURS = "dev.latchkey.";

    @Override
    public String getMessage() {
        if (whole.getClassName().startsWith(OURS)) {
            return String.valueOf(whole.getMessage());
        }
        return whole instanceof ThrowableProxy known && known.getThrowable() instanceof SQLException sql
                ? "SQLSTATE " + sql.getSQLState()
                : "(message not logged)";
    }

    @Override
    public String getClassName() {
        return whole.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return whole.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return whole.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return whole.getCause() == null ? null : new DiscreetThrowable(whole.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return Stream.of(whole.getSuppressed()).map(DiscreetThrowable::new).toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
        return whole.isCyclic();
    }
}
