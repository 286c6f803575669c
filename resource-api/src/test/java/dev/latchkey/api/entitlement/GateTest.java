package dev.latchkey.api.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.method.HandlerMethod;

class GateTest {

    /** As Spring MVC makes one for each OPTIONS. */
    static final class Handler {

        public void handle() {}
    }

    @Test
    void whatIsMadeForEachRequestIsKeptOnce() throws NoSuchMethodException {
        TierSettings tiers = new TierSettings(List.of("free"), "free", Map.of(), Map.of(), Map.of(), Map.of());
        Gate gate = new Gate(new Entitlements(tiers), tiers);

        for (int i = 0; i < 100; i++) {
            assertThat(gate.preHandle(
                            new MockHttpServletRequest(),
                            new MockHttpServletResponse(),
                            new HandlerMethod(new Handler(), "handle")))
                    .isTrue();
        }
        assertThat(gate.known()).isEqualTo(1);
    }
}
