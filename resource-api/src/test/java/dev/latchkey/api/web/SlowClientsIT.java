package dev.latchkey.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestTokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** There is one connection to the database here: whoever holds it while a client dawdles keeps everybody else out. */
class SlowClientsIT extends ApiTest {

    private final String alice = newOwner();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket open(String head) throws IOException {
        Socket socket = new Socket();
        // Less than the answer.
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new java.net.InetSocketAddress("localhost", port));
        sockets.add(socket);
        socket.getOutputStream()
                .write((head.strip() + "\nHost: localhost\nAuthorization: Bearer " + TestTokens.of(alice) + "\n\n")
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void givenBodiesThatDoNotCome_thenOthersAreServed() throws IOException {
        for (int i = 0; i < 50; i++) {
            open("""
                    POST /v1/works HTTP/1.1
                    Content-Type: application/json
                    Content-Length: 100""").getOutputStream().write('{');
        }

        assertThat(get(alice, "/v1/works").statusCode()).isEqualTo(200);
    }

    @Test
    void givenAnswersThatAreNotTaken_thenOthersAreServed() throws IOException {
        String work = "{\"title\":\"x\",\"metadata\":{\"k\":\"" + "x".repeat(16_000) + "\"}}";
        IntStream.range(0, 100)
                .forEach(i ->
                        assertThat(post(alice, "/v1/works", work).statusCode()).isEqualTo(201));
        for (int i = 0; i < 20; i++) {
            InputStream answer = open("GET /v1/works?limit=100 HTTP/1.1").getInputStream();
            // It has begun, and there is more than fits into the buffers.
            assertThat(answer.read()).isEqualTo('H');
        }

        assertThat(get(alice, "/v1/works?limit=1").statusCode()).isEqualTo(200);
    }
}
