package dev.latchkey.rowsecurity.prover;

import dev.latchkey.rowsecurity.prover.attack.Target;
import dev.latchkey.rowsecurity.prover.rows.Row;
import dev.latchkey.rowsecurity.prover.rows.RowMaker;
import dev.latchkey.rowsecurity.prover.rows.RowNotInventedException;
import dev.latchkey.rowsecurity.prover.world.ForeignKey;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Two owners, and rows of both in every table that has an owner column: nobody else's are left. */
final class Population {

    private static final int THEIRS = 1;
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
                targets.add(target(session, maker, table, parents(maker, schema, table)));
            } catch (RowNotInventedException e) {
                obstacles.put(table, e);
            }
        }
        session.execute("set constraints all immediate");
        session.bind("");
    }

    private Target target(Session session, RowMaker maker, Table table, List<Row> parents) throws SQLException {
        Row theirs = maker.row(table, victim, THEIRS);
        maker.row(table, victim, THEIRS + 1);
        Row ours = maker.row(table, other, HELD);
        Row fresh = session.rollingBack(() -> maker.unkept(table, other, HELD + 1));
        return new Target(session.role(), session.isSigned(), table, theirs, parents, ours, fresh);
    }

    private List<Row> parents(RowMaker maker, Schema schema, Table table) throws SQLException {
        List<Row> parents = new ArrayList<>();
        addParents(maker, schema, table, new HashSet<>(Set.of(table.name())), parents);
        return parents;
    }

    /** Depth first, so that each comes after what it refers to. */
    private void addParents(RowMaker maker, Schema schema, Table table, Set<String> seen, List<Row> parents)
            throws SQLException {
        for (ForeignKey key : table.foreignKeys()) {
            Table parent = schema.table(key.parent());
            if (parent.isOwned() && seen.add(parent.name())) {
                addParents(maker, schema, parent, seen, parents);
                parents.add(maker.row(parent, victim, THEIRS));
            }
        }
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
