package dev.latchkey.api.table;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.jpa.HibernateHints;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All rows of a table that there are for whoever is in scope, in the caller's transaction and in constant memory. */
@Component
public final class AllRows {

    private static final int FETCHED = 500;
    private static final int DELETED = 5000;

    private final EntityManager entities;

    AllRows(EntityManager entities) {
        this.entities = entities;
    }

    public long count(Table<?, ?> table) {
        return entities.createQuery("select count(*) from " + entity(table), Long.class)
                .getSingleResult();
    }

    /** Each of them, in the order of their ids. */
    public <F extends Fields, R extends Row<F>> void each(Table<F, R> table, Consumer<RowState<F>> consumer) {
        try (Stream<R> rows = entities.createQuery(
                        "select row from " + entity(table) + " row order by row.id", table.rowType())
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCHED)
                .setHint(HibernateHints.HINT_READ_ONLY, true)
                .getResultStream()) {
            rows.forEach(row -> {
                consumer.accept(row.state());
                entities.detach(row);
            });
        }
    }

    /** In pieces, each of them far from the time limit of a statement. */
    public void delete(Table<?, ?> table) {
        String piece = "delete from %1$s where id in (select row.id from %1$s row order by row.id limit %2$d)"
                .formatted(entity(table), DELETED);
        int deleted;
        do {
            deleted = entities.createQuery(piece).executeUpdate();
        } while (deleted == DELETED);
    }

    /**
     * Adds rows as they were: with their times and versions.
     *
     * @throws org.hibernate.exception.ConstraintViolationException if one is there, or its parent is not
     */
    public <F extends Fields, R extends Row<F>> void restore(Table<F, R> table, List<RowState<F>> states) {
        stateless(
                states.size(),
                session -> session.insertMultiple(
                        states.stream().map(state -> restored(table, state)).toList()));
    }

    /** Adds those that are not there as they were. Of one that is there the later change stays. */
    public <F extends Fields, R extends Row<F>> void merge(Table<F, R> table, List<RowState<F>> states) {
        stateless(states.size(), session -> {
            List<@Nullable R> there = session.getMultiple(
                    table.rowType(), states.stream().<Object>map(RowState::id).toList());
            List<R> added = new ArrayList<>();
            List<R> changed = new ArrayList<>();
            for (int i = 0; i < states.size(); i++) {
                RowState<F> state = states.get(i);
                R row = there.get(i);
                if (row == null) {
                    added.add(restored(table, state));
                } else if (row.updatedAt().isBefore(state.updatedAt())) {
                    row.takeOver(state);
                    changed.add(row);
                }
            }
            session.insertMultiple(added);
            session.updateMultiple(changed);
        });
    }

    private static <F extends Fields, R extends Row<F>> R restored(Table<F, R> table, RowState<F> state) {
        R row = table.row(state.fields());
        row.restore(state);
        return row;
    }

    /**
     * A persistence context would count versions anew, and grow. Rows are sent in batches only in a transaction that Hibernate knows, which
     * is the session's, and then by the session's batch size (7.4: StandardMutationExecutorService).
     */
    private void stateless(int batchSize, Consumer<StatelessSession> work) {
        Session session = entities.unwrap(Session.class);
        Integer before = session.getJdbcBatchSize();
        session.setJdbcBatchSize(batchSize);
        try (StatelessSession stateless =
                session.statelessWithOptions().connection().open()) {
            work.accept(stateless);
        } finally {
            session.setJdbcBatchSize(before);
        }
    }

    private static String entity(Table<?, ?> table) {
        return table.rowType().getSimpleName();
    }
}
