package dev.latchkey.api.retention;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Retention now instead of within a day. */
@RestController
@ConditionalOnBooleanProperty("latchkey.internal-ops-routes")
final class RetentionController {

    private final RetentionSettings settings;
    private final Retention retention;

    RetentionController(RetentionSettings settings, Retention retention) {
        this.settings = settings;
        this.retention = retention;
    }

    @PostMapping(path = "/internal/ops/retention", produces = MediaType.APPLICATION_JSON_VALUE)
    Retention.Retained retain() {
        if (!settings.on()) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
        return retention.run();
    }
}
