package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.latchkey.api.testkit.TestIssuer;
import dev.latchkey.api.testkit.TestKeys;
import java.net.URI;
import java.util.List;
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

    @Test
    void whenTheIssuerIsAway_thenKnownKeysGoOnAndUnknownOnesAreNotFound() throws Exception {
        find("realm-rsa");
        issuer.away(true);

        assertThat(find("unknown")).isEmpty();
        assertThat(find("realm-rsa")).hasSize(1);
    }

    @Test
    void whenTheIssuerWasNeverThere_thenThatIsSaid() {
        issuer.away(true);

        assertThatThrownBy(() -> find("realm-rsa")).isInstanceOf(KeySourceException.class);
    }
}
