package dev.latchkey.api.limit;

import java.util.stream.LongStream;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Requests a minute that one owner may make of each class; see docs/reference/configuration.md. 0 for no limit.
 *
 * @param store where budgets are counted
 * @param addressFactor how many times as much one address may make: people share addresses
 */
@ConfigurationProperties("latchkey.rate-limits")
record RateLimits(
        Store store, long writes, long batches, long snapshots, long downloads, long exchanges, long addressFactor) {

    enum Store {
        /** In this process: for one replica. */
        MEMORY,
        /** In the database: for several, at the price of some round trips for each request that has a budget. */
        POSTGRES
    }

    /** Bucket4j counts at most one a nanosecond, of an address. */
    static final long MOST = 1_000_000_000;

    private static final long MOST_FACTOR = 60;

    RateLimits {
        if (LongStream.of(writes, batches, snapshots, downloads, exchanges).anyMatch(limit -> limit < 0 || limit > MOST)
                || addressFactor < 1
                || addressFactor > MOST_FACTOR) {
            throw new IllegalArgumentException(
                    "LATCHKEY_RATE_LIMIT_… are numbers of requests from 0 to %d, LATCHKEY_RATE_LIMIT_ADDRESS_FACTOR from 1 to %d"
                            .formatted(MOST, MOST_FACTOR));
        }
    }

    long of(RequestClass kind) {
        return switch (kind) {
            case WRITES -> writes;
            case BATCHES -> batches;
            case SNAPSHOTS -> snapshots;
            case DOWNLOADS -> downloads;
            case EXCHANGES -> exchanges;
        };
    }
}
