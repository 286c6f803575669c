package dev.latchkey.api.openapi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sends what no HTTP client would, byte for byte, and reads what comes back until the server closes. */
final class RawHttp {

    private static final int PATIENCE_MILLIS = 20_000;

    private RawHttp() {}

    /** @param head with CRLF after each line but the last, in ISO 8859-1 */
    static Reply send(int port, String head, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            var request = new ByteArrayOutputStream();
            request.write((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            request.write(body);
            byte[] answer = exchange(socket, request.toByteArray());
            return Reply.of(new String(answer, StandardCharsets.ISO_8859_1));
        }
    }

    private static byte[] exchange(Socket socket, byte[] request) throws IOException {
        var answer = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(request);
            // Whoever waits for more need not.
            socket.shutdownOutput();
            socket.getInputStream().transferTo(answer);
        } catch (SocketException reset) {
            // The server has answered and closed without reading all of it.
        }
        return answer.toByteArray();
    }

    /**
     * @param status 0 if there was no answer at all
     * @param headers as lines
     */
    record Reply(int status, List<String> headers, String body) {

        static Reply of(String answer) {
            int end = answer.indexOf("\r\n\r\n");
            if (end < 0) {
                return new Reply(0, List.of(), answer);
            }
            List<String> lines =
                    new ArrayList<>(List.of(answer.substring(0, end).split("\r\n")));
            int status = Integer.parseInt(lines.remove(0).split(" ", 3)[1]);
            if (status == 100) {
                return of(answer.substring(end + 4));
            }
            var reply = new Reply(status, lines, answer.substring(end + 4));
            boolean chunked = "chunked".equals(reply.header("transfer-encoding"));
            String body = chunked ? dechunked(reply.body()) : reply.body();
            return new Reply(
                    status, lines, new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }

        String header(String name) {
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        private static String dechunked(String body) {
            var whole = new StringBuilder();
            int at = 0;
            while (at < body.length()) {
                int line = body.indexOf("\r\n", at);
                int size = Integer.parseInt(body.substring(at, line), 16);
                whole.append(body, line + 2, line + 2 + size);
                at = line + 2 + size + 2;
            }
            return whole.toString();
        }
    }
}
