package dev.latchkey.api.schema;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the sentence instead of a stack trace. */
final class SchemaFailureAnalyzer extends AbstractFailureAnalyzer<SchemaBehindException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SchemaBehindException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Migrate it, with Compose by `docker compose run --rm migrate`, and start again.",
                cause);
    }
}
