package dev.latchkey.rowsecurity;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the current thread works. The innermost {@link #runAs} or {@link #unowned} decides, else the
 * {@link OwnerResolver}; there is no default beyond that. Threads started inside a scope do not inherit it: background work
 * says again for whom it runs, or takes it along with {@link #wrap}.
 */
public final class OwnerScope {

    private static final ThreadLocal<Frame> INNERMOST = new ThreadLocal<>();

    private final OwnerResolver resolver;
    private final boolean transactionRequired;
    private final ObserveMode observeMode = new ObserveMode();

    public OwnerScope(OwnerResolver resolver) {
        this(resolver, true);
    }

    private OwnerScope(OwnerResolver resolver, boolean transactionRequired) {
        this.resolver = resolver;
        this.transactionRequired = transactionRequired;
    }

    /** For an application without users: whatever does not say otherwise acts for this owner, outside of transactions too. */
    public static OwnerScope ofSingle(Owner owner) {
        return new OwnerScope(() -> owner, false);
    }

    /**
     * Whether an owner's SQL needs a transaction. If not, a statement outside of one is bound by itself: it is a transaction of its own
     * then.
     */
    public boolean isTransactionRequired() {
        return transactionRequired;
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
     * @throws UnboundException if nobody is in scope, unless {@link #observeMode} is on: then that is logged, and the answer empty
     */
    public Optional<Owner> binding() {
        Frame frame = inScope();
        if (frame == null) {
            observeMode.refuse(
                    new UnboundException(
                            "Nobody is in scope: sign in, or say on whose behalf this runs with"
                                    + " OwnerScope.runAs(owner, …); what concerns no owner says why with OwnerScope.unowned(reason, …)"));
            return Optional.empty();
        }
        return frame.owner;
    }

    /** Whether what concerns an owner and names none is let through. */
    public ObserveMode observeMode() {
        return observeMode;
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

    /**
     * Work for another thread that runs on behalf of whoever is in scope now, until it is done and no longer. If nobody is, it does not
     * run on behalf of whoever that thread happens to work for either. Fits where Spring asks for a {@code TaskDecorator}:
     * {@code ownerScope::wrap}.
     */
    public Runnable wrap(Runnable work) {
        Supplier<@Nullable Void> wrapped = wrapSupplier(asSupplier(work));
        return wrapped::get;
    }

    /** Like {@link #wrap(Runnable)} for work with a result that may throw. */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> work) {
        Frame captured = inScope();
        return () -> {
            Frame outer = enter(captured);
            try {
                return work.call();
            } finally {
                enter(outer);
            }
        };
    }

    /** Like {@link #wrap(Runnable)} for work with a result, as {@code CompletableFuture.supplyAsync} takes it. */
    public <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> work) {
        Frame captured = inScope();
        return () -> within(captured, work);
    }

    private @Nullable Frame inScope() {
        Frame frame = INNERMOST.get();
        if (frame != null) {
            return frame;
        }
        Owner resolved = resolver.resolve();
        return resolved == null ? null : new Frame(Optional.of(resolved));
    }

    private <T extends @Nullable Object> T within(@Nullable Frame frame, Supplier<T> work) {
        Frame outer = enter(frame);
        try {
            return work.get();
        } finally {
            enter(outer);
        }
    }

    /** @return what was in its place before */
    private static @Nullable Frame enter(@Nullable Frame frame) {
        Frame outer = INNERMOST.get();
        if (frame == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(frame);
        }
        return outer;
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
