package dev.latchkey.localstack;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closed in the opposite order of their adding; what is added after that is closed at once. */
final class Closeables {

    private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
    private boolean closed;

    synchronized void add(AutoCloseable closeable) {
        closeables.push(closeable);
        if (closed) {
            close();
        }
    }

    synchronized void close() {
        closed = true;
        while (!closeables.isEmpty()) {
            try {
                closeables.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
