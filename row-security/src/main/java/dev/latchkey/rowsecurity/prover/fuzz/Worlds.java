package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Runs sequences in two worlds: under row security beside another owner's rows, and without both. */
final class Worlds {

    private final Session session;
    private final List<Table> tables;
    private final Application application;
    private final Rows rows;
    private final Map<String, List<String>> others;

    /** The session is an admin's; rows are made. */
    Worlds(Session session, List<Table> tables, Rows rows) throws SQLException {
        this.session = session;
        this.tables = tables;
        this.application = new Application(session);
        this.rows = rows;
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
                .filter(table -> !Objects.equals(shared.others().get(table), others.get(table)))
                .findFirst();
        return changed.isPresent()
                ? Optional.of("another owner's rows of %s are changed".formatted(changed.get()))
                : shared.difference(alone);
    }

    private Observation observe(Sequence sequence) throws SQLException {
        List<List<Answer>> answers = application.run(sequence);
        return sequence.writes()
                ? new Observation(answers, rows.ofOwner(), rows.ofOthers())
                : new Observation(answers, Map.of(), Map.of());
    }
}
