package dev.latchkey.rowsecurity.prover;

import dev.latchkey.rowsecurity.prover.attack.Target;
import dev.latchkey.rowsecurity.prover.rows.Row;
import dev.latchkey.rowsecurity.prover.rows.RowMaker;
import dev.latchkey.rowsecurity.prover.rows.RowNotInventedException;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Two owners, and rows of both in every table that has an owner column: nobody else's are left. */
final class Population {

    private static final int HELD = 3;

    private final List<Table> tables;
    private final String victim = "prover-" + UUID.randomUUID();
    private final String other = "prover-" + UUID.randomUUID();
    private final List<Target> targets = new ArrayList<>();
    private final Map<Table, RowNotInventedException> obstacles = new LinkedHashMap<>();

    Population(Session session, Schema schema, Map<String, String> samples) throws SQLException {
        this.tables = schema.tables().stream().filter(Table::isOwned).toList();
        session.removeRows(tables, "");
        session.execute("set constraints all deferred");
        var maker = new RowMaker(session, schema, samples, 0);
        for (Table table : tables) {
            try {
                targets.add(target(session, maker, table));
            } catch (RowNotInventedException e) {
                obstacles.put(table, e);
            }
        }
        session.execute("set constraints all immediate");
        session.bind("");
    }

    private Target target(Session session, RowMaker maker, Table table) throws SQLException {
        Row theirs = maker.row(table, victim, 1);
        maker.row(table, victim, 2);
        Row ours = maker.row(table, other, HELD);
        Row fresh = session.rollingBack(() -> maker.unkept(table, other, HELD + 1));
        return new Target(session.role(), session.isSigned(), table, theirs, ours, fresh);
    }

    /** Those with an owner column, whether they have rows now or not. */
    List<Table> tables() {
        return tables;
    }

    String victim() {
        return victim;
    }

    String other() {
        return other;
    }

    /** Tables with rows of both. */
    List<Target> targets() {
        return targets;
    }

    /** Why the other tables have none. */
    Map<Table, RowNotInventedException> obstacles() {
        return obstacles;
    }
}
