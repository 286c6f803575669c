package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Looks for a statement by which an owner can tell that somebody else has rows. The oracle knows no policy: the same statement, where row security is off and those rows are not
 * there.
 */
public final class Fuzzer {

    /** Of the JDK: the prover runs where there is no Spring. */
    private static final System.Logger LOG = System.getLogger(Fuzzer.class.getName());

    /** Between two worlds: going from one to the other costs more than a sequence. */
    private static final int BATCH = 20;

    private final Session session;
    private final Schema schema;
    private final Map<String, String> samples;
    private final long seed;
    private final Tally tally = new Tally();

    /**
     * @param session an admin's
     * @param samples see {@link dev.latchkey.rowsecurity.prover.Sample}
     * @param seed the same seed and schema give the same statements in the same order
     */
    public Fuzzer(Session session, Schema schema, Map<String, String> samples, long seed) {
        this.session = session;
        this.schema = schema;
        this.samples = samples;
        this.seed = seed;
    }

    /** The first difference and the statements that show it, or nothing. Leaves no trace in the database. */
    public Optional<String> difference(Duration atMost) throws SQLException {
        return difference(atMost, Integer.MAX_VALUE);
    }

    Optional<String> difference(Duration atMost, int sequences) throws SQLException {
        Optional<String> difference = session.rollingBack(() -> {
            session.execute("set local statement_timeout = '60s'");
            List<Table> owned = schema.tables().stream().filter(Table::isOwned).toList();
            session.removeRows(owned, "");
            Map<String, Held> held = TwoOwners.make(session, schema, samples, seed);
            List<Relation> all = Relations.read(session, schema);
            if (held.isEmpty() || all.isEmpty()) {
                return Optional.empty();
            }
            Set<String> unsteady = Unsteady.columns(session, owned, all, held, seed);
            LOG.log(System.Logger.Level.INFO, "Seed {0} leaves out {1}", Long.toString(seed), unsteady);
            List<Relation> relations =
                    all.stream().map(relation -> relation.without(unsteady)).toList();
            Worlds worlds = new Worlds(session, owned, new Rows(session, owned, unsteady));
            Grammar grammar = new Grammar(relations, held, Pool.read(session, relations));
            return run(grammar, worlds, System.nanoTime() + atMost.toNanos(), sequences);
        });
        LOG.log(System.Logger.Level.INFO, "Seed {0}: {1}", Long.toString(seed), tally);
        return difference;
    }

    Tally tally() {
        return tally;
    }

    private Optional<String> run(Grammar grammar, Worlds worlds, long deadline, int most) throws SQLException {
        Random random = new Random(seed);
        while (tally.sequences() < most && System.nanoTime() < deadline) {
            List<Sequence> batch = new ArrayList<>();
            for (int i = 0; i < Math.min(BATCH, most - tally.sequences()); i++) {
                batch.add(grammar.sequence(random));
            }
            List<Observation> shared = worlds.shared(batch);
            List<Observation> alone = worlds.alone(batch);
            for (int i = 0; i < batch.size(); i++) {
                tally.add(batch.get(i), shared.get(i));
                if (worlds.difference(shared.get(i), alone.get(i)).isPresent()) {
                    return Optional.of(report(worlds, batch.get(i), shared.get(i), alone.get(i)));
                }
            }
        }
        return Optional.empty();
    }

    private String report(Worlds worlds, Sequence found, Observation shared, Observation alone) throws SQLException {
        String difference = worlds.difference(shared, alone).orElseThrow();
        Sequence shortest = found;
        for (int i = found.statements().size() - 1;
                i >= 0 && shortest.statements().size() > 1;
                i--) {
            Sequence shorter = shortest.without(i);
            Optional<String> still = difference(worlds, shorter);
            if (still.isPresent()) {
                shortest = shorter;
                difference = still.get();
            }
        }
        return "with seed %d, after %d sequences:%n%s%n%s%nRepeat it with -Dlatchkey.fuzz.seed=%1$d"
                .formatted(seed, tally.sequences(), shortest.text(), difference);
    }

    private static Optional<String> difference(Worlds worlds, Sequence sequence) throws SQLException {
        List<Sequence> one = List.of(sequence);
        return worlds.difference(worlds.shared(one).get(0), worlds.alone(one).get(0));
    }
}
