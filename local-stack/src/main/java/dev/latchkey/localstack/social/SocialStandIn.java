package dev.latchkey.localstack.social;

import dev.latchkey.localstack.Loopback;
import java.io.IOException;

/** Google below {@code /google} and GitHub below {@code /github}, over plain HTTP on {@code localhost}. */
public final class SocialStandIn implements AutoCloseable {

    private final Loopback server;

    public SocialStandIn(int port, RegisteredClient google, RegisteredClient gitHub) throws IOException {
        server = new Loopback(port, SocialHandler.onOneHost("http://localhost:" + port, google, gitHub));
    }

    @Override
    public void close() {
        server.close();
    }
}
