package dev.latchkey.localstack;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts the local stack and stays in the foreground until it is told to end.
 *
 * <p>Settings come from the environment ({@code docs/how-to/run-the-local-stack.md}); the build says by system property
 * where the parts are ({@code latchkey.parts}), where to keep state ({@code latchkey.state}) and whether to start on
 * empty data ({@code latchkey.fresh}).
 */
public final class LocalStack {

    /** Ctrl-C reaches the children as well as us: they may end a moment before we know why. */
    private static final long SIGNAL_PAUSE_MILLIS = 1000;

    private final PrintStream out;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private LocalStack(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new LocalStack(System.out).run(System.getenv()));
    }

    private int run(Map<String, String> environment) throws InterruptedException {
        try {
            StackSettings settings = StackSettings.from(
                    environment,
                    Path.of(environment.getOrDefault(
                            "LATCHKEY_STATE", System.getProperty("latchkey.state", ".local-stack"))),
                    Path.of(System.getProperty("latchkey.parts", "local-stack/target/parts")),
                    Boolean.getBoolean("latchkey.fresh"));
            return run(settings);
        } catch (StartFailure e) {
            return failed(e);
        }
    }

    private int run(StackSettings settings) throws InterruptedException {
        out.println();
        out.println("Latchkey: starting the local stack in " + settings.state());
        Stack stack = new Stack(settings, new Progress(out));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "local-stack-stop"));
        try {
            LibraryLog.redirect(settings.logs().resolve("stack.log"));
            stack.start();
            out.println(Banner.of(settings));
            throw new StartFailure(stack.broken().join());
        } catch (StartFailure e) {
            Thread.sleep(SIGNAL_PAUSE_MILLIS);
            if (!stopping.compareAndSet(false, true)) {
                return 0;
            }
            stack.close();
            return failed(e);
        }
    }

    private int failed(StartFailure failure) {
        out.println();
        out.println("Latchkey: " + failure.getMessage());
        out.println();
        return 1;
    }

    private void stop(Stack stack) {
        if (stopping.compareAndSet(false, true)) {
            out.println();
            out.println("Latchkey: stopping");
            stack.close();
            out.println("Latchkey: stopped");
        }
    }
}
