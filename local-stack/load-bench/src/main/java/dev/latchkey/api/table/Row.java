package dev.latchkey.api.table;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * In the place of the API's own: a row that knows its owner, who is part of its key.
 *
 * @param <F> what a client may set in it
 */
@MappedSuperclass
@IdClass(RowKey.class)
public abstract class Row<F extends Fields> {

    @Id
    private String ownerId;

    @Id
    private UUID id;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    /** When a client made the change that it told later; null if nobody did, and it is as old as the row says. */
    @Nullable
    private Instant changedAt;

    /** Null until inserted: that is how Hibernate tells a new row, whose id may be chosen, without a query. */
    @Version
    @Nullable
    private Long version;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Row() {}

    protected Row(F fields) {
        UUID chosen = fields.id();
        ownerId = Caller.ownerId();
        id = chosen == null ? UUID.randomUUID() : chosen;
        createdAt = now();
        updatedAt = createdAt;
    }

    public abstract F fields();

    protected abstract void set(F fields);

    final void replace(F fields) {
        set(fields);
        updatedAt = now();
        changedAt = null;
    }

    /** What it holds now was so then, before the server was told. */
    final void changed(Instant then) {
        // Postgres would round up, and make the next change of the same moment an older one.
        changedAt = then.truncatedTo(ChronoUnit.MICROS);
    }

    final RowState<F> state() {
        return new RowState<>(id, fields(), createdAt, updatedAt, changedAt, version());
    }

    /** A new row as it was when it was last seen. */
    final void restore(RowState<F> state) {
        createdAt = state.createdAt();
        version = state.version();
        takeOver(state);
    }

    /** What an earlier or other state of this row held; its version goes on. */
    final void takeOver(RowState<F> state) {
        set(state.fields());
        updatedAt = state.updatedAt();
        changedAt = state.changedAt();
    }

    public final UUID id() {
        return id;
    }

    public final Instant createdAt() {
        return createdAt;
    }

    public final Instant updatedAt() {
        return updatedAt;
    }

    /** When the change was made that is newest, by the clock of whoever made it. */
    public final Instant changedAt() {
        return changedAt == null ? updatedAt : changedAt;
    }

    public final long version() {
        return version == null ? 0 : version;
    }

    /** What create answers must be what read answers, and Postgres keeps microseconds. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
