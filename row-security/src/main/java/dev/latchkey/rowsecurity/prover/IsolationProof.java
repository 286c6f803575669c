package dev.latchkey.rowsecurity.prover;

import dev.latchkey.rowsecurity.doctor.Doctor;
import dev.latchkey.rowsecurity.doctor.Finding;
import dev.latchkey.rowsecurity.doctor.OwnerColumn;
import dev.latchkey.rowsecurity.prover.attack.Attack;
import dev.latchkey.rowsecurity.prover.attack.Attacks;
import dev.latchkey.rowsecurity.prover.attack.Judge;
import dev.latchkey.rowsecurity.prover.attack.Script;
import dev.latchkey.rowsecurity.prover.attack.Target;
import dev.latchkey.rowsecurity.prover.mutant.Mutant;
import dev.latchkey.rowsecurity.prover.mutant.Mutants;
import dev.latchkey.rowsecurity.prover.rows.Row;
import dev.latchkey.rowsecurity.prover.rows.RowMaker;
import dev.latchkey.rowsecurity.prover.rows.RowNotInventedException;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    private static final int HELD = 3;

    private final Session session;
    private final Schema schema;
    private final Doctor doctor = new Doctor();
    private final Judge judge;
    private final String victim = "prover-" + UUID.randomUUID();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    private IsolationProof(Session session, Map<String, String> samples) throws SQLException {
        this.session = session;
        String owner = "prover-" + UUID.randomUUID();
        session.execute("create schema prover");
        session.execute("grant usage on schema prover to " + session.role());
        this.schema = Schema.read(session);
        List<Table> owned = schema.tables().stream().filter(Table::isOwned).toList();
        session.removeRows(owned, "");
        session.execute("set constraints all deferred");
        makeTargets(owned, owner, new RowMaker(session, schema, samples, 0));
        session.execute("set constraints all immediate");
        session.bind("");
        this.judge = new Judge(session, owned, victim, owner);
        addClaims(owned);
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
        Connection connection = admin.getConnection();
        Session session = Session.open(connection, '"' + role.replace("\"", "\"\"") + '"');
        try {
            return new IsolationProof(session, samples);
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** All there is to show, of the schema as it is now. */
    public List<Claim> claims() {
        return List.copyOf(claims);
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

    @Override
    public void close() throws SQLException {
        session.close();
    }

    private void makeTargets(List<Table> owned, String owner, RowMaker maker) throws SQLException {
        for (Table table : owned) {
            try {
                Row theirs = maker.row(table, victim, 1);
                maker.row(table, victim, 2);
                Row ours = maker.row(table, owner, HELD);
                Row fresh = session.rollingBack(() -> maker.unkept(table, owner, HELD + 1));
                targets.add(new Target(session.role(), table, theirs, ours, fresh));
            } catch (RowNotInventedException e) {
                claims.add(new Claim(
                        table.name() + ": rows of two owners can be made",
                        () -> Optional.of(String.valueOf(e.getMessage()))));
            }
        }
    }

    private void addClaims(List<Table> owned) throws SQLException {
        claims.add(new Claim(
                "there is a table to protect",
                () -> owned.isEmpty() ? Optional.of("no table has an owner column") : Optional.empty()));
        claims.add(new Claim("the doctor finds nothing", () -> first(findings())));
        claims.add(new Claim(
                "every table is protected, shared on purpose or kept from the application", () -> first(forgotten())));
        Set<String> known = new HashSet<>(findings());
        known.addAll(forgotten());
        for (Target target : targets) {
            claims.add(new Claim(target.name() + ": an owner reaches his own rows", () -> ownRows(target)));
            for (Attack attack : Attacks.ALL) {
                if (!attack.scripts(target).isEmpty()) {
                    claims.add(new Claim(target.name() + ": " + attack.claim(), () -> breach(target, attack)));
                }
            }
            for (Mutant mutant : Mutants.of(target.table(), schema, session.role())) {
                claims.add(dies(target.name() + ": ", mutant, List.of(target), known));
            }
        }
        for (Mutant mutant : Mutants.around(session.role(), victim)) {
            claims.add(dies("", mutant, targets, known));
        }
        for (Mutant mutant : Mutants.newTables(
                session.role(), OwnerColumn.of(session.connection()).name())) {
            claims.add(dies("", mutant, List.of(), known));
        }
    }

    private Claim dies(String prefix, Mutant mutant, List<Target> affected, Set<String> known) {
        return new Claim(
                prefix + mutant.name() + " is noticed",
                () -> session.rollingBack(() -> {
                    for (String sql : mutant.sql()) {
                        session.execute(sql);
                    }
                    List<String> noticed = new ArrayList<>(findings());
                    noticed.addAll(forgotten());
                    if (!known.containsAll(noticed)) {
                        return Optional.empty();
                    }
                    for (Target target : affected) {
                        for (Attack attack : Attacks.ALL) {
                            if (breach(target, attack).isPresent()) {
                                return Optional.empty();
                            }
                        }
                    }
                    return Optional.of("this mutant survives: " + mutant.sql());
                }));
    }

    private List<String> findings() throws SQLException {
        return session.rollingBack(() -> {
            session.becomeApplication();
            return doctor.examine(session.connection()).stream()
                    .map(Finding::toString)
                    .toList();
        });
    }

    private List<String> forgotten() throws SQLException {
        return ForgottenTables.of(session);
    }

    private static Optional<String> first(List<String> problems) {
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", problems));
    }

    private Optional<String> breach(Target target, Attack attack) throws SQLException {
        for (Script script : attack.scripts(target)) {
            Optional<String> breach = judge.breach(target, script);
            if (breach.isPresent()) {
                return breach;
            }
        }
        return Optional.empty();
    }

    /** Without it, a policy that lets nothing through would pass for isolation. */
    private Optional<String> ownRows(Target target) throws SQLException {
        return session.rollingBack(() -> {
            session.becomeApplication();
            session.bind(victim);
            boolean readable = session.query(
                            "select has_table_privilege(%s, 'select')".formatted(Session.literal(target.name())))
                    .get(0)
                    .get(0)
                    .equals("t");
            if (!readable) {
                return Optional.empty();
            }
            String seen = session.query("select count(*) from " + target.name())
                    .get(0)
                    .get(0);
            return Integer.parseInt(seen) >= 2 ? Optional.empty() : Optional.of("he sees " + seen + " of at least 2");
        });
    }
}
