package dev.latchkey.api.observability;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import org.slf4j.LoggerFactory;

/** Gives every line of the log to OpenTelemetry, which sends it in the background. */
final class OtlpLogAppender extends AppenderBase<ILoggingEvent> {

    private static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> EXCEPTION_TRACE = AttributeKey.stringKey("exception.stacktrace");

    private final LoggerProvider loggers;
    private final ThrowableProxyConverter traces = new ThrowableProxyConverter();

    OtlpLogAppender(LoggerProvider loggers) {
        this.loggers = loggers;
        setName("otlp");
        setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        traces.start();
        start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogRecordBuilder line = loggers.get(event.getLoggerName())
                .logRecordBuilder()
                .setTimestamp(event.getInstant())
                .setSeverity(severity(event.getLevel()))
                .setSeverityText(event.getLevel().toString())
                .setBody(event.getFormattedMessage());
        event.getMDCPropertyMap().forEach((key, value) -> line.setAttribute(AttributeKey.stringKey(key), value));
        if (event.getThrowableProxy() != null) {
            line.setAttribute(EXCEPTION_TYPE, event.getThrowableProxy().getClassName());
            line.setAttribute(EXCEPTION_TRACE, traces.convert(event));
        }
        line.emit();
    }

    private static Severity severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> Severity.ERROR;
            case Level.WARN_INT -> Severity.WARN;
            case Level.INFO_INT -> Severity.INFO;
            case Level.DEBUG_INT -> Severity.DEBUG;
            default -> Severity.TRACE;
        };
    }
}
