package dev.latchkey.api.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Requests a minute that one owner may make of each class; see docs/reference/configuration.md. 0 for no limit.
 *
 * @param store where budgets are counted
 * @param addressFactor how many times as much one address may make: people share addresses
 */
@ConfigurationProperties("latchkey.rate-limits")
record RateLimits(Store store, long writes, long batches, long snapshots, long exchanges, long addressFactor) {

    enum Store {
        /** In this process: for one replica. */
        MEMORY,
        /** In the database: for several, at the price of some round trips for each request that has a budget. */
        POSTGRES
    }

    RateLimits {
        if (writes < 0 || batches < 0 || snapshots < 0 || exchanges < 0 || addressFactor < 1) {
            throw new IllegalArgumentException(
                    "LATCHKEY_RATE_LIMIT_… are numbers of requests from 0, LATCHKEY_RATE_LIMIT_ADDRESS_FACTOR from 1");
        }
    }

    long of(RequestClass kind) {
        return switch (kind) {
            case WRITES -> writes;
            case BATCHES -> batches;
            case SNAPSHOTS -> snapshots;
            case EXCHANGES -> exchanges;
        };
    }
}
