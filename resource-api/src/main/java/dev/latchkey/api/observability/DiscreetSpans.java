package dev.latchkey.api.observability;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/** Sends spans without messages of exceptions, which stand in the status and in events. The attribute {@code exception} names the type. */
record DiscreetSpans(SpanExporter whole) implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return whole.export(
                spans.stream().map(span -> (SpanData) new DiscreetSpan(span)).toList());
    }

    @Override
    public CompletableResultCode flush() {
        return whole.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return whole.shutdown();
    }

    private static final class DiscreetSpan extends DelegatingSpanData {

        DiscreetSpan(SpanData whole) {
            super(whole);
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }
    }
}
