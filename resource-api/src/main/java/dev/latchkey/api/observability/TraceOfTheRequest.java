package dev.latchkey.api.observability;

import dev.latchkey.api.correlation.Correlation;
import io.opentelemetry.sdk.trace.IdGenerator;

/** The trace of a request is the one that its answer and its log lines name, also where the caller began none. */
final class TraceOfTheRequest implements IdGenerator {

    private final IdGenerator random = IdGenerator.random();

    @Override
    public String generateTraceId() {
        return Correlation.current()
                .map(correlation -> correlation.trace().traceId())
                .orElseGet(random::generateTraceId);
    }

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }
}
