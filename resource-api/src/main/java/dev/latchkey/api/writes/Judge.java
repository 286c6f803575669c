package dev.latchkey.api.writes;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.table.Fields;
import dev.latchkey.api.table.Row;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what becomes of an operation that meets a row, or none. */
final class Judge {

    /** 1, 1.0 and 1e0 are one number, however a jsonb column spells it. */
    private static final Comparator<JsonNode> SAME_NUMBERS = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private final Documents documents;
    private final JsonMapper json;
    private final OnConflict onConflict;

    Judge(Documents documents, JsonMapper json, OnConflict onConflict) {
        this.documents = documents;
        this.json = json;
        this.onConflict = onConflict;
    }

    /**
     * What the operation comes to.
     *
     * @throws ProblemException {@link ErrorCode#WRITE_CONFLICT}, or for a patch that makes a row of it that cannot be
     */
    <F extends Fields, R extends Row<F>> Change<F, R> decide(Op<F, R> op, @Nullable R row) {
        return row == null ? withoutRow(op) : withRow(op, row);
    }

    private <F extends Fields, R extends Row<F>> Change<F, R> withoutRow(Op<F, R> op) {
        F blank = op.table().blank();
        return switch (op.kind()) {
            case CREATE, UPSERT -> Change.creation(op, Status.APPLIED, written(op, blank));
            case DELETE -> Change.none(op, Status.DUPLICATE, null);
            case REPLACE, PATCH -> {
                Long version = op.version();
                if (blank != null && (version == null || version == 0)) {
                    yield Change.creation(op, Status.APPLIED, written(op, blank));
                }
                if (onConflict == OnConflict.FAIL) {
                    throw conflict(op, "is about a row that is gone");
                }
                yield onConflict == OnConflict.CLIENT_WINS && (blank != null || op.kind() == OpKind.REPLACE)
                        ? Change.creation(op, Status.MERGED, written(op, blank))
                        : Change.none(op, Status.SKIPPED, null);
            }
        };
    }

    private <F extends Fields, R extends Row<F>> Change<F, R> withRow(Op<F, R> op, R row) {
        if (op.kind() == OpKind.CREATE && isSame(row.fields(), Objects.requireNonNull(op.fields()))) {
            return Change.none(op, Status.DUPLICATE, row);
        }
        Long version = op.version();
        boolean conflict = version == null
                ? op.kind() == OpKind.CREATE
                : version != op.table().version(row);
        if (conflict && onConflict == OnConflict.FAIL) {
            throw conflict(
                    op,
                    op.kind() == OpKind.CREATE
                            ? "is about a row that is there with other content"
                            : "is about a row that has another version by now");
        }
        boolean kept = switch (onConflict) {
            case FAIL, CLIENT_WINS -> false;
            case SERVER_WINS -> conflict;
            case NEWEST_WINS -> (conflict || version == null) && isOlder(op, row);
        };
        if (kept) {
            return Change.none(op, Status.KEPT, row);
        }
        Status status = conflict ? Status.MERGED : Status.APPLIED;
        return op.deletes()
                ? Change.deletion(op, status, row)
                : Change.replacement(op, status, row, written(op, row.fields()));
    }

    /** Of the same moment counts what comes later: most likely it is the same client's, in its order. */
    private static boolean isOlder(Op<?, ?> op, Row<?> row) {
        return Objects.requireNonNull(op.time()).isBefore(row.changedAt());
    }

    private <F extends Fields> F written(Op<F, ?> op, @Nullable F there) {
        F fields = op.fields();
        return fields != null
                ? fields
                : Findings.at(
                        op.dataPointer(),
                        () -> documents.patched(
                                Objects.requireNonNull(there),
                                Objects.requireNonNull(op.patch()),
                                op.table().fieldsType()));
    }

    private boolean isSame(Fields one, Fields other) {
        JsonNode tree = json.valueToTree(one);
        return tree.equals(SAME_NUMBERS, json.valueToTree(other));
    }

    private static ProblemException conflict(Op<?, ?> op, String detail) {
        return new ProblemException(ErrorCode.WRITE_CONFLICT, FieldError.at(op.pointer(), detail));
    }
}
