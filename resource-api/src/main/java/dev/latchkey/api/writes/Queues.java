package dev.latchkey.api.writes;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One for each owner who has a batch under way in this process: who waits in it holds no connection that others could use. */
@Component
final class Queues {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final ConcurrentMap<String, Queue> queues = new ConcurrentHashMap<>();

    /** @throws ProblemException {@link ErrorCode#UNAVAILABLE} if it is not this one's turn within 5 seconds */
    <T> T inTurn(String owner, Supplier<T> work) {
        Queue queue = queues.compute(owner, (o, known) -> (known == null ? new Queue() : known).joined());
        try {
            if (!queue.turn.tryAcquire(LONGEST.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ProblemException(ErrorCode.UNAVAILABLE);
            }
            try {
                return work.get();
            } finally {
                queue.turn.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        } finally {
            queues.compute(owner, (o, known) -> queue.left());
        }
    }

    /** Its length changes only while the map holds its key. */
    private static final class Queue {

        private final Semaphore turn = new Semaphore(1, true);
        private int length;

        Queue joined() {
            length++;
            return this;
        }

        @Nullable
        Queue left() {
            length--;
            return length == 0 ? null : this;
        }
    }
}
