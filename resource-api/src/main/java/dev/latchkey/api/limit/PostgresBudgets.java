package dev.latchkey.api.limit;

import dev.latchkey.api.document.Sha256Digest;
import dev.latchkey.rowsecurity.OwnerScope;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.time.Duration;
import javax.sql.DataSource;

/** Of all replicas together, in table {@code rate_limits}, by hashes: it tells neither owners nor addresses. */
final class PostgresBudgets implements Budgets {

    private static final Duration KEPT_WHEN_FULL = Duration.ofMinutes(1);

    private final ProxyManager<String> buckets;
    private final OwnerScope scope;

    PostgresBudgets(DataSource database, OwnerScope scope) {
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                .table("rate_limits")
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
                .build();
        this.scope = scope;
    }

    @Override
    public ConsumptionProbe take(String key, long perMinute) {
        return scope.unowned(
                "budgets are counted beside anybody's rows",
                () -> buckets.builder()
                        .build(
                                Sha256Digest.of(key),
                                () -> BucketConfiguration.builder()
                                        .addLimit(limit -> limit.capacity(perMinute)
                                                .refillGreedy(perMinute, Duration.ofMinutes(1)))
                                        .build())
                        .tryConsumeAndReturnRemaining(1));
    }
}
