package dev.latchkey.api.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/** Of this process alone. After two minutes without a request a budget is full again, and need not be kept. */
final class MemoryBudgets implements Budgets {

    /** So that made-up addresses cannot fill the memory; a bucket takes some hundred bytes. */
    private static final int MOST = 100_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofMinutes(2))
            .build();

    @Override
    public ConsumptionProbe take(String key, long perMinute) {
        return buckets.get(
                        key,
                        absent -> Bucket.builder()
                                .addLimit(limit ->
                                        limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                                .build())
                .tryConsumeAndReturnRemaining(1);
    }
}
