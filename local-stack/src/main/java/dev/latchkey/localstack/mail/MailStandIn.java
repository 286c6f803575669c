package dev.latchkey.localstack.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.localstack.Loopback;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** An SMTP server that keeps every message in memory, and a page that lists them. */
public final class MailStandIn implements AutoCloseable {

    private final GreenMail smtp;
    private final Loopback view;

    /**
     * Starts both servers.
     *
     * @param smtpPort where mail is accepted
     * @param viewPort where it is shown
     */
    public MailStandIn(int smtpPort, int viewPort) throws IOException {
        smtp = new GreenMail(new ServerSetup(smtpPort, "localhost", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        try {
            view = new Loopback(viewPort, new MailView(this::newestFirst));
        } catch (IOException | RuntimeException e) {
            smtp.stop();
            throw e;
        }
    }

    private List<Letter> newestFirst() {
        List<Letter> letters = Arrays.asList(
                Arrays.stream(smtp.getReceivedMessages()).map(Letter::of).toArray(Letter[]::new));
        Collections.reverse(letters);
        return letters;
    }

    @Override
    public void close() {
        view.close();
        smtp.stop();
    }
}
