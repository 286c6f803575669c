package dev.latchkey.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who asks for works and often does not wait for them; who looks, in what he gets, for what is not his. */
final class Canceller implements Callable<Canceller.Tally> {

    private static final Pattern CANARY = Pattern.compile("Canary of ([a-z0-9-]+),");
    private static final int LONGEST_MILLIS = 8;

    private final Program program;
    private final Person person;
    private final long end;

    /** @param end by System.nanoTime() */
    Canceller(Program program, Person person, long end) {
        this.program = program;
        this.person = person;
        this.end = end;
    }

    @Override
    public Tally call() throws Exception {
        Tally tally = new Tally(0, 0, 0, 0);
        while (System.nanoTime() < end) {
            var random = ThreadLocalRandom.current();
            String path = random.nextBoolean() ? "/v1/works/" + person.anyWork() : "/v1/works?limit=100";
            tally = tally.plus(random.nextInt(3) == 0 ? cancelled(path) : asked(path));
        }
        return tally;
    }

    private Tally asked(String path) throws IOException {
        try (Socket socket = send(path)) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean busy = answer.startsWith("HTTP/1.1 503");
            if (!busy && !answer.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException("Answered: " + answer);
            }
            int foreign = 0;
            Matcher canary = CANARY.matcher(answer);
            while (canary.find()) {
                foreign += canary.group(1).equals(person.owner()) ? 0 : 1;
            }
            return new Tally(busy ? 0 : 1, busy ? 1 : 0, 0, foreign);
        }
    }

    private Tally cancelled(String path) throws IOException, InterruptedException {
        try (Socket socket = send(path)) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS));
            // Resets the connection, whatever is under way.
            socket.setSoLinger(true, 0);
        }
        return new Tally(0, 0, 1, 0);
    }

    private Socket send(String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), program.port());
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + person.token() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /**
     * What came of it.
     *
     * @param busy answered 503, because no connection to the database was free for two seconds
     * @param foreign rows of others: must be 0
     */
    record Tally(int answered, int busy, int cancelled, int foreign) {

        Tally plus(Tally other) {
            return new Tally(
                    answered + other.answered, busy + other.busy, cancelled + other.cancelled, foreign + other.foreign);
        }
    }
}
