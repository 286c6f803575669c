package dev.latchkey.api.table;

import dev.latchkey.api.entitlement.Quota;
import dev.latchkey.api.entitlement.Quotas;
import dev.latchkey.api.problem.ErrorCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many rows an owner can have of a table, as the tier of whoever adds one says, in the caller's transaction. Whoever has more than
 * that already can change and delete them. Costs nothing where no limit is configured; else it is counted up to the limit, in an index.
 */
@Component
public final class RowQuotas {

    /** So that who adds rows at the same moment counts those of the other; until the end of the transaction. */
    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended('rows of ' || app.current_owner(), 0))";

    private final Quotas quotas;
    private final List<Table<?, ?>> tables;
    private final JdbcClient jdbc;

    RowQuotas(Quotas quotas, List<Table<?, ?>> tables, JdbcClient jdbc) {
        this.quotas = quotas;
        this.tables = tables;
        this.jdbc = jdbc;
        quotas.requireRowsOf(tables.stream().map(Table::name).toList());
    }

    /**
     * Holds tables that rows were just added to to their limits.
     *
     * @throws dev.latchkey.api.problem.ProblemException {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public void require(Collection<? extends Table<?, ?>> grown) {
        boolean locked = false;
        for (Table<?, ?> table : grown) {
            Quota quota = quotas.rows(table.name());
            if (quota == null) {
                continue;
            }
            if (!locked) {
                // In a statement of its own: one that waits counts what was there before it waited.
                jdbc.sql(LOCK).query().listOfRows();
                locked = true;
            }
            if (count(table, quota.limit() + 1) > quota.limit()) {
                throw quota.exceeded();
            }
        }
    }

    /**
     * Does work that adds and removes any rows while nobody else writes, and holds it to the limits. What was over a limit before may be so
     * after it, by no more.
     *
     * @throws dev.latchkey.api.problem.ProblemException {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public void hold(Runnable work) {
        Map<Table<?, ?>, Long> before = new HashMap<>();
        for (Table<?, ?> table : tables) {
            if (quotas.rows(table.name()) != null) {
                before.put(table, count(table, Long.MAX_VALUE));
            }
        }
        work.run();
        before.forEach((table, then) -> {
            Quota quota = quotas.rows(table.name());
            if (quota != null && count(table, Math.max(then, quota.limit()) + 1) > Math.max(then, quota.limit())) {
                throw quota.exceeded();
            }
        });
    }

    /** @param most where to stop */
    private long count(Table<?, ?> table, long most) {
        return jdbc.sql("select count(*) from (select from " + table.name() + " limit ?) counted")
                .param(most)
                .query(Long.class)
                .single();
    }
}
