package dev.latchkey.api.writes;

import dev.latchkey.api.table.Fields;
import dev.latchkey.api.table.ManyRows;
import dev.latchkey.api.table.Row;
import dev.latchkey.api.table.Table;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What an operation comes to, now that it is known what it meets. */
final class Change<F extends Fields, R extends Row<F>> {

    private final Op<F, R> op;
    private final Status status;
    private final @Nullable F before;
    private final @Nullable F after;
    private final BiFunction<ManyRows, @Nullable R, @Nullable R> work;
    private @Nullable R row;

    private Change(
            Op<F, R> op,
            Status status,
            @Nullable R row,
            @Nullable F after,
            BiFunction<ManyRows, @Nullable R, @Nullable R> work) {
        this.op = op;
        this.status = status;
        this.row = row;
        this.before = row == null ? null : row.fields();
        this.after = after;
        this.work = work;
    }

    static <F extends Fields, R extends Row<F>> Change<F, R> none(Op<F, R> op, Status status, @Nullable R row) {
        return new Change<>(op, status, row, null, (rows, same) -> same);
    }

    static <F extends Fields, R extends Row<F>> Change<F, R> creation(Op<F, R> op, Status status, F fields) {
        Table<F, R> table = op.table();
        return new Change<>(op, status, null, fields, (rows, nothing) -> rows.create(table, fields, op.time()));
    }

    static <F extends Fields, R extends Row<F>> Change<F, R> replacement(Op<F, R> op, Status status, R row, F fields) {
        return new Change<>(op, status, row, fields, (rows, same) -> {
            rows.replace(row, fields, op.time());
            return row;
        });
    }

    static <F extends Fields, R extends Row<F>> Change<F, R> deletion(Op<F, R> op, Status status, R row) {
        return new Change<>(op, status, row, null, (rows, same) -> {
            rows.delete(row);
            return null;
        });
    }

    Op<F, R> op() {
        return op;
    }

    /** The row as it was; null if there was none. */
    @Nullable
    F before() {
        return before;
    }

    /** The row as it is to be; null if nothing is written. */
    @Nullable
    F after() {
        return after;
    }

    /** Whether there is a row more after it. */
    boolean adds() {
        return before == null && after != null && counts();
    }

    /** Whether the row is changed by it. */
    boolean counts() {
        return status == Status.APPLIED || status == Status.MERGED;
    }

    /** The row that is there now, if any. */
    @Nullable
    R queue(ManyRows rows) {
        row = work.apply(rows, row);
        return row;
    }

    /** Once it is sent. */
    OpReceipt receipt() {
        R now = row;
        String named = op.key();
        String key = named != null
                ? named
                : now != null ? op.table().key(now) : op.id().toString();
        Long version = now == null ? null : op.table().version(now);
        Instant updatedAt = now == null ? null : now.updatedAt();
        return new OpReceipt(op.opId(), op.table().name(), key, status, version, updatedAt);
    }
}
