package dev.latchkey.api.observability;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * From before the first request until after the last one the log has no messages of exceptions. What goes wrong at the start is told in
 * full: there is nobody's value yet.
 */
@Component
final class DiscreetLog implements SmartLifecycle {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<Appender<ILoggingEvent>> further;
    private final List<DiscreetAppender> installed = new ArrayList<>();

    DiscreetLog(ObjectProvider<OtlpLogAppender> further) {
        this.further = List.copyOf(further.stream().toList());
    }

    @Override
    public void start() {
        List<Appender<ILoggingEvent>> outlets = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(outlets::add);
        outlets.forEach(root::detachAppender);
        outlets.addAll(further);
        outlets.forEach(outlet -> installed.add(new DiscreetAppender(outlet)));
        installed.forEach(root::addAppender);
        // The JVM would print them to standard error, with their messages.
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> root.error("A thread has died", e));
    }

    @Override
    public void stop() {
        installed.forEach(outlet -> {
            root.detachAppender(outlet);
            if (!further.contains(outlet.whole())) {
                root.addAppender(outlet.whole());
            }
        });
        installed.clear();
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @Override
    public boolean isRunning() {
        return !installed.isEmpty();
    }

    /** Before web servers start and after they have stopped, which have the highest phases. */
    @Override
    public int getPhase() {
        return 0;
    }
}
