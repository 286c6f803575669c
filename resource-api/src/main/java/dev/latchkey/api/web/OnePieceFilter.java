package dev.latchkey.api.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets an answer that fits into Tomcat's buffer go out in one piece and with its length. Spring flushes each answer as soon as it is
 * written: headers and body would go out first, and the end of the body, which then has no length, by itself.
 */
@Component
final class OnePieceFilter extends OncePerRequestFilter {

    OnePieceFilter() {}

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new Unflushed(response));
    }

    private static final class Unflushed extends HttpServletResponseWrapper {

        Unflushed(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void flushBuffer() {
            // Tomcat does, when the request is done or the buffer is full.
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new UnflushedStream(super.getOutputStream());
        }
    }

    private static final class UnflushedStream extends ServletOutputStream {

        private final ServletOutputStream body;

        UnflushedStream(ServletOutputStream body) {
            this.body = body;
        }

        @Override
        public void flush() {
            // As above.
        }

        @Override
        public void write(int octet) throws IOException {
            body.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            body.write(octets, offset, length);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            body.setWriteListener(listener);
        }
    }
}
