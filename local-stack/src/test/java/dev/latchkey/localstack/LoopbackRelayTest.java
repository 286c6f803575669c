package dev.latchkey.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackRelayTest {

    @Test
    void relayWhenServerListensElsewhereThenItAnswersAtTheEntranceUntilClosed() throws Exception {
        InetAddress address = InetAddress.getByName("127.0.0.1");
        int served = Ports.freePort();
        int entrance = Ports.freePort();
        HttpProbe probe = new HttpProbe("http://127.0.0.1:" + entrance + "/");
        try (Loopback server = new Loopback(served, exchange -> {
                    exchange.getResponseHeaders().set("Connection", "close");
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
                LoopbackRelay relay = new LoopbackRelay(
                        new InetSocketAddress(address, served), List.of(new InetSocketAddress(address, entrance)))) {
            assertThat(probe.ready()).isTrue();
            relay.close();
            // A thread that waits in accept() may take one more connection before it notices.
            await().until(() -> !probe.ready());
        }
    }
}
