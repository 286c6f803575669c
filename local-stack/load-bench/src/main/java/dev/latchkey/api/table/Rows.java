package dev.latchkey.api.table;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.page.Cursor;
import dev.latchkey.api.page.Page;
import dev.latchkey.api.page.PageRequest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.receipts.Idempotency;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.node.ObjectNode;

/** In the place of the API's own: every query names the owner. */
@Component
public final class Rows {

    private final EntityManager entities;
    private final Documents documents;
    private final Idempotency idempotency;
    private final RowQuotas quotas;

    Rows(EntityManager entities, Documents documents, Idempotency idempotency, RowQuotas quotas) {
        this.entities = entities;
        this.documents = documents;
        this.idempotency = idempotency;
        this.quotas = quotas;
    }

    public <F extends Fields, R extends Row<F>> @Nullable R find(Table<F, R> table, UUID id) {
        return entities.find(table.rowType(), new RowKey(Caller.ownerId(), id));
    }

    /**
     * The row of that id.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}
     */
    public <F extends Fields, R extends Row<F>> R get(Table<F, R> table, UUID id) {
        R row = find(table, id);
        if (row == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
        return row;
    }

    /**
     * Newest first, after the cursor.
     *
     * @param parameters of the address
     */
    public <F extends Fields, R extends Row<F>> Page<RowView<F>> list(
            Table<F, R> table, PageRequest page, MultiValueMap<String, String> parameters) {
        Conditions conditions = Conditions.of(table.filters(), parameters);
        // The first condition alone bounds the scan of the index; the second settles equal times.
        TypedQuery<R> query = entities.createQuery(
                        "select row from " + table.rowType().getSimpleName()
                                + " row where row.ownerId = :owner and row.updatedAt <= :after and (row.updatedAt < :after or row.id > :afterId)"
                                + conditions.text() + " order by row.updatedAt desc, row.id",
                        table.rowType())
                .setParameter("owner", Caller.ownerId())
                .setParameter("after", page.after().updatedAt())
                .setParameter("afterId", page.after().id())
                .setMaxResults(page.rows());
        for (Map.Entry<String, Object> value : conditions.values().entrySet()) {
            query.setParameter(value.getKey(), value.getValue());
        }
        List<R> found = query.getResultList();
        return Page.of(page, found, RowView::of, row -> new Cursor(row.updatedAt(), row.id()));
    }

    /**
     * Adds a row.
     *
     * @throws ConstraintViolationException if there is one of that id or key
     * @throws ProblemException {@link ErrorCode#PARENT_NOT_FOUND}, {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public <F extends Fields, R extends Row<F>> R create(Table<F, R> table, F fields) {
        R row = table.row(fields);
        entities.persist(row);
        flush(table);
        quotas.require(List.of(table));
        return row;
    }

    /**
     * Sets all that a client may set.
     *
     * @throws ProblemException {@link ErrorCode#INVALID_FIELD} for another id, {@link ErrorCode#PARENT_NOT_FOUND}, {@link ErrorCode#IN_USE}
     */
    public <F extends Fields, R extends Row<F>> void replace(Table<F, R> table, R row, F fields) {
        UUID id = fields.id();
        if (id != null && !id.equals(row.id())) {
            throw new ProblemException(ErrorCode.INVALID_FIELD, FieldError.at("#/id", "must be the id of the address"));
        }
        row.replace(fields);
        flush(table);
    }

    /**
     * Applies a JSON merge patch (RFC 7396).
     *
     * @throws tools.jackson.core.JacksonException if the patched document has unknown fields or wrong types
     * @throws dev.latchkey.api.problem.InvalidDocumentException if it breaks a limit
     */
    public <F extends Fields, R extends Row<F>> void patch(Table<F, R> table, R row, ObjectNode patch) {
        replace(table, row, documents.patched(row.fields(), patch, table.fieldsType()));
    }

    /** With what belongs to it. */
    public <F extends Fields, R extends Row<F>> void delete(Table<F, R> table, R row) {
        entities.remove(row);
        flush(table);
    }

    /** Does what adds that row, or tells what was answered to the same key before. */
    <T> ResponseEntity<T> once(
            @Nullable String key, Table<?, ?> table, Fields fields, Supplier<ResponseEntity<T>> adding) {
        return idempotency.once(key, new Addition(table.name(), fields.id(), fields), adding);
    }

    private record Addition(String table, @Nullable UUID id, Fields fields) {}

    void flush(Table<?, ?> table) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw new OptimisticLockingFailureException("changed meanwhile", e);
        } catch (ConstraintViolationException e) {
            if (e.getKind() == ConstraintViolationException.ConstraintKind.FOREIGN_KEY) {
                throw broken(table, String.valueOf(e.getConstraintName()), e);
            }
            throw e;
        }
    }

    /** Foreign keys are called table_column_fkey. One of another table points here. */
    private static ProblemException broken(Table<?, ?> table, String foreignKey, Exception cause) {
        String prefix = table.name() + "_";
        ProblemException problem = foreignKey.startsWith(prefix)
                ? new ProblemException(
                        ErrorCode.PARENT_NOT_FOUND,
                        FieldError.at(
                                "#/" + foreignKey.substring(prefix.length()).replaceFirst("_fkey$", ""),
                                "names nothing that is there, or not there together with the others"))
                : new ProblemException(ErrorCode.IN_USE);
        problem.initCause(cause);
        return problem;
    }
}
