package dev.latchkey.api.revocation;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.time.Instant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Learns anew what could still matter, where some of it may have been missed: after Keycloak's clock or database was set back. */
@RestController
@ConditionalOnBooleanProperty("latchkey.internal-ops-routes")
final class ReplayController {

    private final AccountChangesPoll poll;

    ReplayController(AccountChangesPoll poll) {
        this.poll = poll;
    }

    @PostMapping(path = "/internal/ops/replay", produces = MediaType.APPLICATION_JSON_VALUE)
    Replayed replay() {
        AccountChanges news = poll.replay();
        if (news == null) {
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
        return new Replayed(Instant.ofEpochMilli(news.until()), news.changed().size(), news.everybody());
    }

    /**
     * What was learnt.
     *
     * @param until up to when, by Keycloak's clock
     * @param accounts how many were changed within the last hour
     * @param everybody there were too many to name: every older token is stale
     */
    record Replayed(Instant until, int accounts, boolean everybody) {}
}
