package dev.latchkey.api.table;

import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** In the place of the API's own: every query names the owner. */
@Component
public final class ManyRows {

    /** Rows that go out in one piece. The driver waits for an answer after some 250 of them anyway. */
    private static final int BATCH = 250;

    private final EntityManager entities;
    private final Rows rows;

    ManyRows(EntityManager entities, Rows rows) {
        this.entities = entities;
        this.rows = rows;
    }

    /** Those of them that are there, by their ids. */
    public <F extends Fields, R extends Row<F>> Map<UUID, R> find(Table<F, R> table, Collection<UUID> ids) {
        Session session = entities.unwrap(Session.class);
        session.setJdbcBatchSize(BATCH);
        return session
                .findMultiple(
                        table.rowType(),
                        ids.stream().map(id -> new RowKey(Caller.ownerId(), id)).toList())
                .stream()
                .filter(row -> row != null)
                .collect(Collectors.toMap(Row::id, row -> row));
    }

    /**
     * Adds a row.
     *
     * @param then when a client made that change which it tells now; null if it does not say
     */
    public <F extends Fields, R extends Row<F>> R create(Table<F, R> table, F fields, @Nullable Instant then) {
        R row = table.row(fields);
        if (then != null) {
            row.changed(then);
        }
        entities.persist(row);
        return row;
    }

    /**
     * Sets all that a client may set.
     *
     * @param then as in {@link #create}
     */
    public <F extends Fields, R extends Row<F>> void replace(R row, F fields, @Nullable Instant then) {
        row.replace(fields);
        if (then != null) {
            row.changed(then);
        }
    }

    /** With what belongs to it. */
    public void delete(Row<?> row) {
        entities.remove(row);
    }

    /**
     * Sends what was collected. The rows that were found or created then tell their versions.
     *
     * @throws OptimisticLockingFailureException if one was changed meanwhile
     * @throws org.hibernate.JDBCException if the database refuses any of it, without telling which
     */
    public void send() {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw new OptimisticLockingFailureException("changed meanwhile", e);
        }
    }

    /**
     * Sends what was collected, all of one table.
     *
     * @throws dev.latchkey.api.problem.ProblemException as {@link Rows} does
     */
    public void send(Table<?, ?> table) {
        rows.flush(table);
    }

    /** From now on rows are found as the database has them. */
    public void forget() {
        entities.clear();
    }
}
