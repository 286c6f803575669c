package dev.latchkey.api.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's keys: fetched once, kept, and fetched again when they are {@link #FRESH} no longer or a token names a key that is not
 * there, at most twice an {@link #INTERVAL}. While the issuer is away the known keys go on working for {@link #OUTAGE}.
 */
final class IssuerKeys {

    /** A key that the issuer has removed is refused after this at the latest, if the issuer can be reached. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** A rotated key is known after this at the latest, even while somebody floods us with unknown ones. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Duration OUTAGE = Duration.ofHours(24);
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int LARGEST_BYTES = 256 * 1024;

    private IssuerKeys() {}

    /**
     * The order differs from the one of Nimbus' own builder, where the rate limit stands outside of the tolerance for outages: there
     * a flood of unknown keys that hits the limit would take the known ones down with it as soon as they have to be refreshed.
     */
    static JWKSetBasedJWKSource<SecurityContext> at(URI address) throws MalformedURLException {
        JWKSetSource<SecurityContext> remote = new URLBasedJWKSetSource<>(
                address.toURL(), new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST_BYTES));
        JWKSetSource<SecurityContext> limited = new RateLimitedJWKSetSource<>(remote, INTERVAL.toMillis(), null);
        JWKSetSource<SecurityContext> tolerant =
                new OutageTolerantJWKSetSource<>(new AnyFailureIsAnOutage(limited), OUTAGE.toMillis(), null);
        return new JWKSetBasedJWKSource<>(
                new CachingJWKSetSource<>(tolerant, FRESH.toMillis(), 2L * TIMEOUT_MILLIS, null));
    }

    /** Nimbus tolerates an issuer that does not answer; neither one that answers nonsense nor the limit being reached is anything else. */
    private static final class AnyFailureIsAnOutage extends JWKSetSourceWrapper<SecurityContext> {

        AnyFailureIsAnOutage(JWKSetSource<SecurityContext> source) {
            super(source);
        }

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
                throws KeySourceException {
            try {
                return getSource().getJWKSet(refresh, now, context);
            } catch (KeySourceException e) {
                throw new JWKSetUnavailableException(e.getMessage(), e);
            }
        }
    }
}
