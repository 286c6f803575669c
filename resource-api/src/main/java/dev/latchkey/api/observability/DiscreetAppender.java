package dev.latchkey.api.observability;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;

/** Hands on every line, whatever the library that logs it, without messages of exceptions. */
final class DiscreetAppender extends AppenderBase<ILoggingEvent> {

    private final Appender<ILoggingEvent> whole;

    DiscreetAppender(Appender<ILoggingEvent> whole) {
        this.whole = whole;
        setName(whole.getName());
        setContext(whole.getContext());
        start();
    }

    Appender<ILoggingEvent> whole() {
        return whole;
    }

    @Override
    protected void append(ILoggingEvent event) {
        whole.doAppend(DiscreetEvent.of(event));
    }
}
