package dev.latchkey.api.snapshots;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Archives and records held against each other now instead of within an hour. */
@RestController
@ConditionalOnBooleanProperty("latchkey.internal-ops-routes")
final class ReconciliationController {

    private final Sweep sweep;

    ReconciliationController(Sweep sweep) {
        this.sweep = sweep;
    }

    @PostMapping(path = "/internal/ops/reconciliation", produces = MediaType.APPLICATION_JSON_VALUE)
    Sweep.Swept reconcile() {
        return sweep.run();
    }
}
