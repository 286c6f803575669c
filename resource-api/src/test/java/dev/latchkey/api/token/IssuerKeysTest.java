package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.latchkey.api.testkit.TestIssuer;
import dev.latchkey.api.testkit.TestKeys;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

    private TestIssuer issuer;
    private JWKSource<SecurityContext> keys;

    @BeforeEach
    void start() throws Exception {
        issuer = new TestIssuer(TestKeys.REALM_RSA);
        keys = IssuerKeys.at(URI.create(issuer.jwksUri()));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private List<JWK> find(String kid) throws KeySourceException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build();
        return keys.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
    }

    /** As for a key that is known. */
    private JWKSet cachedAt(long time) throws KeySourceException {
        return source().getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), time, null);
    }

    /** As for a key that is not known. */
    private JWKSet refreshedAt(long time) throws KeySourceException {
        return source().getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(cachedAt(time)), time, null);
    }

    private JWKSetSource<SecurityContext> source() {
        return ((JWKSetBasedJWKSource<SecurityContext>) keys).getJWKSetSource();
    }

    @Test
    void whenTheSameKeyIsUsedAgain_thenTheIssuerIsAskedOnce() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(find("realm-rsa")).hasSize(1);
        }

        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void whenUnknownKeysFloodIn_thenTheIssuerIsAskedTwiceAndKnownKeysGoOn() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertThat(find("unknown-" + i)).isEmpty();
        }

        assertThat(issuer.requests()).isLessThanOrEqualTo(2);
        assertThat(find("realm-rsa")).hasSize(1);
    }

    @Test
    void whenTheRealmHasANewKey_thenItsFirstUseFindsIt() throws Exception {
        find("realm-rsa");
        RSAKey next = TestKeys.rsa("next");
        issuer.keys(TestKeys.REALM_RSA, next);

        assertThat(find("next")).hasSize(1);
    }

    /** Somebody who makes up key ids must not get an issuer to serve them: it serves everybody else too. */
    @Test
    void whenUnknownKeysFloodInForAMinute_thenTheIssuerIsAskedTwiceInFiveSeconds() throws Exception {
        long start = System.currentTimeMillis();
        for (long time = start; time < start + 60_000; time += 20) {
            refreshedAt(time);
        }

        assertThat(issuer.requests()).isBetween(12, 24);
    }

    @Test
    void whenUnknownKeysFloodInAtOnce_thenTheIssuerIsAskedTwiceAndKnownKeysGoOn() throws Exception {
        find("realm-rsa");
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Integer>> calls = IntStream.range(0, 800)
                    .<Callable<Integer>>mapToObj(i -> () ->
                            find(i % 2 == 0 ? "realm-rsa" : "unknown-" + i).size())
                    .toList();

            List<Future<Integer>> found = threads.invokeAll(calls);

            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i).get()).isEqualTo(i % 2 == 0 ? 1 : 0);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(issuer.requests()).isLessThanOrEqualTo(3);
    }

    @Test
    void whenTheRealmHasANewKeyDuringAFlood_thenItIsFoundWithinFiveSeconds() throws Exception {
        long start = System.currentTimeMillis();
        for (int i = 0; i < 100; i++) {
            refreshedAt(start);
        }
        issuer.keys(TestKeys.REALM_RSA, TestKeys.rsa("next"));

        assertThat(refreshedAt(start + 4_999).getKeyByKeyId("next")).isNull();
        assertThat(refreshedAt(start + 5_000).getKeyByKeyId("next")).isNotNull();
    }

    @Test
    void whenTheRealmHasRemovedAKey_thenItIsRefusedAfterFiveMinutes() throws Exception {
        find("realm-rsa");
        long now = System.currentTimeMillis();
        issuer.keys(TestKeys.rsa("next"));

        assertThat(cachedAt(now + 290_000).getKeyByKeyId("realm-rsa")).isNotNull();
        assertThat(cachedAt(now + 300_001).getKeyByKeyId("realm-rsa")).isNull();
    }

    @Test
    void whenTheRealmHasRemovedAKey_thenTheFirstUseOfAnyOtherForgetsIt() throws Exception {
        find("realm-rsa");
        issuer.keys(TestKeys.rsa("next"));

        assertThat(find("next")).hasSize(1);
        assertThat(find("realm-rsa")).isEmpty();
    }

    @Test
    void whenTheIssuerIsAwayForLong_thenKnownKeysGoOnForADay() throws Exception {
        find("realm-rsa");
        long now = System.currentTimeMillis();
        issuer.away(true);

        assertThat(cachedAt(now + 23 * 3_600_000L).getKeyByKeyId("realm-rsa")).isNotNull();
        assertThatThrownBy(() -> cachedAt(now + 25 * 3_600_000L)).isInstanceOf(KeySourceException.class);
    }

    @Test
    void whenTheIssuerTalksNonsense_thenKnownKeysGoOn() throws Exception {
        find("realm-rsa");
        issuer.confused(true);

        assertThat(cachedAt(System.currentTimeMillis() + 300_001).getKeyByKeyId("realm-rsa"))
                .isNotNull();
    }

    @Test
    void whenTheIssuerFallsSilent_thenKnownKeysGoOnAndOnlyTheFirstUseOfOldOnesWaits() throws Exception {
        find("realm-rsa");
        issuer.fallSilent();
        long later = System.currentTimeMillis() + 300_001;

        for (int i = 0; i < 10; i++) {
            assertThat(cachedAt(later).getKeyByKeyId("realm-rsa")).isNotNull();
        }
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void whenTheIssuerIsAway_thenKnownKeysGoOnAndUnknownOnesAreNotFound() throws Exception {
        find("realm-rsa");
        issuer.away(true);

        assertThat(find("unknown")).isEmpty();
        assertThat(find("realm-rsa")).hasSize(1);
    }

    @Test
    void whenTheIssuerIsAwayFromTheStart_thenItIsNotAskedForEveryCaller() {
        issuer.away(true);

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> find("realm-rsa")).isInstanceOf(KeySourceException.class);
        }
        assertThat(issuer.requests()).isLessThanOrEqualTo(2);
    }

    @Test
    void whenTheIssuerWasNeverThere_thenThatIsSaid() {
        issuer.away(true);

        assertThatThrownBy(() -> find("realm-rsa")).isInstanceOf(KeySourceException.class);
    }
}
