package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs sequences in two worlds: under row security beside another owner's rows, and without both. */
final class Worlds {

    private final Session session;
    private final List<Table> tables;
    private final Rows rows;
    private final Map<String, String> others;

    /** The session is an admin's; rows are made. */
    Worlds(Session session, List<Table> tables) throws SQLException {
        this.session = session;
        this.tables = tables;
        this.rows = new Rows(session, tables);
        this.others = rows.ofOthers();
    }

    /** In the world as it is. */
    List<Observation> shared(List<Sequence> sequences) throws SQLException {
        List<Observation> observations = new ArrayList<>();
        for (Sequence sequence : sequences) {
            observations.add(session.rollingBack(() -> observe(sequence)));
        }
        return observations;
    }

    /** In one that holds nobody else's rows, where nothing need keep them apart. */
    List<Observation> alone(List<Sequence> sequences) throws SQLException {
        return session.rollingBack(() -> {
            session.removeRows(tables, TwoOwners.OWNER);
            for (Table table : tables) {
                session.execute("alter table %s disable row level security".formatted(table.name()));
            }
            return shared(sequences);
        });
    }

    /** What the owner can tell the worlds apart by, or what of another owner's he changed. */
    Optional<String> difference(Observation shared, Observation alone) {
        Optional<String> changed = shared.others().keySet().stream()
                .filter(table -> !String.valueOf(others.get(table))
                        .equals(shared.others().get(table)))
                .findFirst();
        return changed.isPresent()
                ? Optional.of("another owner's rows of %s are changed".formatted(changed.get()))
                : shared.difference(alone);
    }

    private Observation observe(Sequence sequence) throws SQLException {
        session.becomeApplication();
        session.bind(TwoOwners.OWNER);
        List<List<Answer>> answers = new ArrayList<>();
        for (Statement statement : sequence.statements()) {
            List<Answer> steps = new ArrayList<>();
            for (String sql : statement.sql()) {
                steps.add(answer(sql, statement));
            }
            answers.add(steps);
        }
        if (!sequence.writes()) {
            return new Observation(answers, Answer.count(0), Map.of(), Map.of());
        }
        Answer constraints = answer("set constraints all immediate", false, false);
        session.becomeAdmin();
        return new Observation(answers, constraints, rows.ofOwner(), rows.ofOthers());
    }

    private Answer answer(String sql, Statement statement) throws SQLException {
        return answer(sql, statement.ordered(), statement.exact());
    }

    private Answer answer(String sql, boolean ordered, boolean exact) throws SQLException {
        try {
            return session.keeping(() -> {
                try (var statement = session.connection().createStatement()) {
                    return statement.execute(sql)
                            ? Answer.rows(statement.getResultSet(), ordered)
                            : Answer.count(statement.getUpdateCount());
                }
            });
        } catch (SQLException e) {
            return Answer.error(e, exact);
        }
    }
}
