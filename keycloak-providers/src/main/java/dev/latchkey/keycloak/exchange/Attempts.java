package dev.latchkey.keycloak.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts attempts on this node, in windows of a minute that begin with the first one. Under a flood of keys the oldest are forgotten, so
 * that memory stays bounded.
 */
final class Attempts {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_KEYS = 100_000;

    private final Ticker ticker;
    private final Cache<String, Window> windows;

    Attempts() {
        this(Ticker.systemTicker());
    }

    Attempts(Ticker ticker) {
        this.ticker = ticker;
        this.windows = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(WINDOW)
                .maximumSize(MOST_KEYS)
                .build();
    }

    private record Window(long startNanos, AtomicInteger attempts) {}

    /**
     * @param mostPerMinute how many are let through
     * @throws ExchangeRefusedException for every further one, until the window ends
     */
    void count(String key, int mostPerMinute) throws ExchangeRefusedException {
        Window window = windows.get(key, any -> new Window(ticker.read(), new AtomicInteger()));
        if (window.attempts.incrementAndGet() > mostPerMinute) {
            throw ExchangeRefusedException.tooMany(WINDOW.minusNanos(ticker.read() - window.startNanos));
        }
    }
}
