package dev.latchkey.localstack;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import org.jspecify.annotations.Nullable;

/** Work that is done side by side; the first failure is everybody's. */
final class Background {

    interface Work {
        void run() throws IOException, InterruptedException;
    }

    private final ExecutorCompletionService<@Nullable Void> started = new ExecutorCompletionService<>(work -> {
        Thread thread = new Thread(work, "local-stack-start");
        thread.setDaemon(true);
        thread.start();
    });
    private int running;

    void start(Work work) {
        running++;
        var unused = started.submit(() -> {
            work.run();
            return null;
        });
    }

    /** Returns when all is done, and throws as soon as anything has failed. */
    void awaitAll() throws IOException, InterruptedException {
        for (; running > 0; running--) {
            try {
                started.take().get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
