package dev.latchkey.rowsecurity.prover;

import dev.latchkey.rowsecurity.prover.attack.Judge;
import dev.latchkey.rowsecurity.prover.fuzz.Fuzzer;
import dev.latchkey.rowsecurity.prover.mutant.Mutant;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The proof of a live schema, without a test framework. Takes a superuser's connection and locks in a database of tests; nothing it does is committed.
 *
 * <pre>{@code
 * try (var proof = IsolationProof.open(superuser, "notes_app", Map.of())) {
 *     proof.verifyAll();
 * }
 * }</pre>
 */
public final class IsolationProof implements AutoCloseable {

    private final Session session;
    private final Population population;
    private final Alarm alarm;
    private final List<Claim> claims;

    private IsolationProof(Session session, Map<String, String> samples, Fuzzing fuzzing) throws SQLException {
        this.session = session;
        session.execute("create schema prover");
        session.execute("grant usage on schema prover to " + session.role());
        Schema schema = Schema.read(session);
        this.population = new Population(session, schema, samples);
        var judge = new Judge(session, population.tables(), population.victim(), population.other());
        this.alarm = new Alarm(session, judge);
        List<Claim> all = new ArrayList<>(Claims.of(session, schema, population, judge, alarm));
        if (fuzzing.isOn()) {
            all.add(fuzzed(schema, samples, fuzzing));
        }
        this.claims = List.copyOf(all);
    }

    /**
     * Makes rows for two owners in every table with an owner column.
     *
     * @param admin logs in as a superuser
     * @param role that the application logs in as
     * @param samples by table ({@code schema.table}), a query that gives values for columns that none can be invented for; {@code {n}} in it
     *     stands for a number that differs from row to row
     */
    public static IsolationProof open(DataSource admin, String role, Map<String, String> samples) throws SQLException {
        return open(admin, role, samples, Fuzzing.lasting(Duration.ofSeconds(3)));
    }

    /** Like {@link #open(DataSource, String, Map)}, with random statements of another duration or seed, or with none. */
    public static IsolationProof open(DataSource admin, String role, Map<String, String> samples, Fuzzing fuzzing)
            throws SQLException {
        Connection connection = admin.getConnection();
        Session session = Session.open(connection, '"' + role.replace("\"", "\"\"") + '"');
        try {
            return new IsolationProof(session, samples, fuzzing);
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** All there is to show, of the schema as it is now. */
    public List<Claim> claims() {
        return claims;
    }

    /**
     * Verifies every claim.
     *
     * @throws AssertionError that lists those that do not hold
     */
    public void verifyAll() throws SQLException {
        List<String> failures = new ArrayList<>();
        for (Claim claim : claims) {
            try {
                claim.verify();
            } catch (AssertionError e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n", failures));
        }
    }

    /**
     * Whether a break of one's own is noticed, by the doctor or by a way to another owner's rows that is open then. It is taken out again.
     *
     * @param sql what breaks it, run by the superuser in the proof's transaction
     */
    public boolean notices(String... sql) throws SQLException {
        return alarm.rings(new Mutant("given", List.of(sql)), population.targets());
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }

    private Claim fuzzed(Schema schema, Map<String, String> samples, Fuzzing fuzzing) {
        return new Claim(
                "random statements of one owner give what they would if nobody else existed (seed %d)"
                        .formatted(fuzzing.seed()),
                () -> new Fuzzer(session, schema, samples, fuzzing.seed()).difference(fuzzing.duration()));
    }
}
