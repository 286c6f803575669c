package dev.latchkey.rowsecurity;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the current thread works. The innermost {@link #runAs} or {@link #unowned} decides, else the
 * {@link OwnerResolver}; there is no default beyond that. Threads started inside a scope do not inherit it: background work
 * says again for whom it runs.
 */
public final class OwnerScope {

    private static final ThreadLocal<Frame> INNERMOST = new ThreadLocal<>();

    private final OwnerResolver resolver;

    public OwnerScope(OwnerResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * The owner on whose behalf this thread works.
     *
     * @throws UnboundException if nobody is in scope, or the work is {@link #unowned}
     */
    public Owner current() {
        return binding()
                .orElseThrow(
                        () -> new UnboundException(
                                "This work concerns no owner (it runs inside OwnerScope.unowned): use runAs(owner, …) for what does"));
    }

    /**
     * What SQL of this thread is bound to: an owner, or empty inside {@link #unowned}.
     *
     * @throws UnboundException if nobody is in scope
     */
    public Optional<Owner> binding() {
        Frame frame = INNERMOST.get();
        if (frame != null) {
            return frame.owner;
        }
        Owner resolved = resolver.resolve();
        if (resolved == null) {
            throw new UnboundException(
                    "Nobody is in scope: sign in, or say on whose behalf this runs with"
                            + " OwnerScope.runAs(owner, …); what concerns no owner says why with OwnerScope.unowned(reason, …)");
        }
        return Optional.of(resolved);
    }

    /** Runs {@code work} on behalf of {@code owner}; afterwards whoever was in scope before is again. */
    public <T extends @Nullable Object> T runAs(Owner owner, Supplier<T> work) {
        return within(new Frame(Optional.of(owner)), work);
    }

    /** Runs {@code work} on behalf of {@code owner}; afterwards whoever was in scope before is again. */
    public void runAs(Owner owner, Runnable work) {
        runAs(owner, asSupplier(work));
    }

    /**
     * Runs {@code work} that concerns no owner: shared tables work, protected tables are empty.
     *
     * @param reason why no owner is concerned, for the reader of the code; not blank
     */
    public <T extends @Nullable Object> T unowned(String reason, Supplier<T> work) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Say why this work concerns no owner");
        }
        return within(new Frame(Optional.empty()), work);
    }

    /** Like {@link #unowned(String, Supplier)} for work without a result. */
    public void unowned(String reason, Runnable work) {
        unowned(reason, asSupplier(work));
    }

    private <T extends @Nullable Object> T within(Frame frame, Supplier<T> work) {
        Frame outer = INNERMOST.get();
        INNERMOST.set(frame);
        try {
            return work.get();
        } finally {
            if (outer == null) {
                INNERMOST.remove();
            } else {
                INNERMOST.set(outer);
            }
        }
    }

    private static Supplier<@Nullable Void> asSupplier(Runnable work) {
        Objects.requireNonNull(work);
        return () -> {
            work.run();
            return null;
        };
    }

    private record Frame(Optional<Owner> owner) {}
}
