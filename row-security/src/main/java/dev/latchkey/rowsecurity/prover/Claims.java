package dev.latchkey.rowsecurity.prover;

import dev.latchkey.rowsecurity.prover.attack.Attack;
import dev.latchkey.rowsecurity.prover.attack.Attacks;
import dev.latchkey.rowsecurity.prover.attack.Judge;
import dev.latchkey.rowsecurity.prover.attack.Target;
import dev.latchkey.rowsecurity.prover.mutant.Mutant;
import dev.latchkey.rowsecurity.prover.mutant.Mutants;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The claims about one schema, in the order in which they are best read. */
final class Claims {

    private final Session session;
    private final Schema schema;
    private final Population population;
    private final Judge judge;
    private final Alarm alarm;
    private final List<Claim> claims = new ArrayList<>();

    private Claims(Session session, Schema schema, Population population, Judge judge, Alarm alarm) {
        this.session = session;
        this.schema = schema;
        this.population = population;
        this.judge = judge;
        this.alarm = alarm;
    }

    static List<Claim> of(Session session, Schema schema, Population population, Judge judge, Alarm alarm) {
        var all = new Claims(session, schema, population, judge, alarm);
        all.ofTheSchema();
        population.targets().forEach(all::ofTable);
        all.ofWhatIsAround();
        return List.copyOf(all.claims);
    }

    private void ofTheSchema() {
        population
                .obstacles()
                .forEach((table, obstacle) -> add(
                        table.name() + ": rows of two owners can be made",
                        () -> Optional.of(String.valueOf(obstacle.getMessage()))));
        add(
                "there is a table to protect",
                () -> population.tables().isEmpty() ? Optional.of("no table has an owner column") : Optional.empty());
        add(
                "a new connection is bound to nobody",
                () -> session.isBoundFromTheStart()
                        ? Optional.of(
                                "app.user_id is set in the server's configuration, for a role, a database, or by the driver's options")
                        : Optional.empty());
        add("the doctor finds nothing", () -> first(alarm.findings()));
        add(
                "every table is protected, shared on purpose or kept from the application",
                () -> first(ForgottenTables.of(session)));
    }

    private void ofTable(Target target) {
        add(target.name() + ": an owner reaches his own rows", () -> ownRows(target));
        for (Attack attack : Attacks.ALL) {
            if (!attack.scripts(target).isEmpty()) {
                add(target.name() + ": " + attack.claim(), () -> judge.breach(target, attack));
            }
        }
        for (Mutant mutant : Mutants.of(target.table(), schema, session.role())) {
            addMutant(target.name() + ": " + mutant.name(), mutant, List.of(target));
        }
    }

    private void ofWhatIsAround() {
        for (Mutant mutant : Mutants.around(session.role(), population.victim())) {
            addMutant(mutant.name(), mutant, population.targets());
        }
        for (Mutant mutant : Mutants.bindings(session.role(), population.victim(), session.isSigned())) {
            addMutant(mutant.name(), mutant, population.targets());
        }
        for (Mutant mutant : Mutants.newTables(session.role(), schema.ownerColumn())) {
            addMutant(mutant.name(), mutant, List.of());
        }
    }

    private void addMutant(String name, Mutant mutant, List<Target> affected) {
        add(
                name + " is noticed",
                () -> alarm.rings(mutant, affected)
                        ? Optional.empty()
                        : Optional.of("this mutant survives: " + mutant.sql()));
    }

    private void add(String name, Claim.Examination examination) {
        claims.add(new Claim(name, examination));
    }

    private static Optional<String> first(List<String> problems) {
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", problems));
    }

    /** Without it, a policy that lets nothing through would pass for isolation. */
    private Optional<String> ownRows(Target target) throws SQLException {
        return session.rollingBack(() -> {
            session.becomeApplication();
            session.bind(population.victim());
            boolean readable = Session.isTrue(session.value(
                    "select has_table_privilege(%s, 'select')".formatted(Session.literal(target.name()))));
            if (!readable) {
                return Optional.empty();
            }
            String seen = session.value("select count(*) from " + target.name());
            return Integer.parseInt(seen) >= 2 ? Optional.empty() : Optional.of("he sees " + seen + " of at least 2");
        });
    }
}
