package dev.latchkey.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::1, 20010db800010002",
        "::1, 0000000000000000",
        "fe80::1%0, fe80000000000000"
    })
    void ofWhenAnAddressThenWhomItStandsFor(String address, String whom) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);

        assertThat(Address.of(request)).isEqualTo(whom);
    }
}
