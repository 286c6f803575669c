package dev.latchkey.api.observability;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** A line of the log with an exception, told as {@link DiscreetThrowable}. */
record DiscreetEvent(ILoggingEvent whole, DiscreetThrowable throwable) implements ILoggingEvent {

    /** The event as it may be written. */
    static ILoggingEvent of(ILoggingEvent event) {
        IThrowableProxy throwable = event.getThrowableProxy();
        return throwable == null ? event : new DiscreetEvent(event, new DiscreetThrowable(throwable));
    }

    @Override
    public IThrowableProxy getThrowableProxy() {
        return throwable;
    }

    @Override
    public String getThreadName() {
        return whole.getThreadName();
    }

    @Override
    public Level getLevel() {
        return whole.getLevel();
    }

    @Override
    public String getMessage() {
        return whole.getMessage();
    }

    @Override
    public Object[] getArgumentArray() {
        return whole.getArgumentArray();
    }

    @Override
    public String getFormattedMessage() {
        return whole.getFormattedMessage();
    }

    @Override
    public String getLoggerName() {
        return whole.getLoggerName();
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return whole.getLoggerContextVO();
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return whole.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return whole.hasCallerData();
    }

    @Override
    public List<Marker> getMarkerList() {
        return whole.getMarkerList();
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        return whole.getMDCPropertyMap();
    }

    @Override
    @Deprecated
    public Map<String, String> getMdc() {
        return whole.getMDCPropertyMap();
    }

    @Override
    public long getTimeStamp() {
        return whole.getTimeStamp();
    }

    @Override
    public Instant getInstant() {
        return whole.getInstant();
    }

    @Override
    public int getNanoseconds() {
        return whole.getNanoseconds();
    }

    @Override
    public long getSequenceNumber() {
        return whole.getSequenceNumber();
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        return whole.getKeyValuePairs();
    }

    @Override
    public void prepareForDeferredProcessing() {
        whole.prepareForDeferredProcessing();
    }
}
