package dev.latchkey.keycloak.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallerAddressTest {

    @Test
    void ofWhenIpv4ThenTheAddress() {
        assertThat(CallerAddress.of("203.0.113.7"))
                .isEqualTo("203.0.113.7")
                .isNotEqualTo(CallerAddress.of("203.0.113.8"));
    }

    @Test
    void ofWhenIpv6ThenTheNetworkOfThatCaller() {
        assertThat(CallerAddress.of("2001:db8:1:2::1"))
                .isEqualTo(CallerAddress.of("2001:db8:1:2:ffff:ffff:ffff:ffff"))
                .isNotEqualTo(CallerAddress.of("2001:db8:1:3::1"));
    }

    @Test
    void ofWhenIpv4IsWrittenAsIpv6ThenEachCallerByItself() {
        assertThat(CallerAddress.of("::ffff:203.0.113.7")).isNotEqualTo(CallerAddress.of("::ffff:203.0.113.8"));
    }

    @Test
    void ofWhenItIsNoAddressThenAsItIs() {
        assertThat(CallerAddress.of("not:an:address")).isEqualTo("not:an:address");
    }
}
