package dev.latchkey.rowsecurity.prover.attack;

import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides whether a script reached another owner's rows, by two tests. Noninterference: what its actors observe is the same as if the others' rows did not exist. Integrity:
 * the others' rows are afterwards what they were.
 */
public final class Judge {

    private final Session session;
    private final List<Table> tables;
    private final String victim;
    private final String other;

    public Judge(Session session, List<Table> tables, String victim, String other) {
        this.session = session;
        this.tables = tables;
        this.victim = victim;
        this.other = other;
    }

    /** What went wrong in the first of its scripts that reached anything, or nothing. Leaves no trace in the database. */
    public Optional<String> breach(Target target, Attack attack) throws SQLException {
        for (Script script : attack.scripts(target)) {
            Optional<String> breach = breach(target, script);
            if (breach.isPresent()) {
                return breach;
            }
        }
        return Optional.empty();
    }

    private Optional<String> breach(Target target, Script script) throws SQLException {
        List<String> present = new ArrayList<>();
        boolean untouched = session.rollingBack(() -> {
            String before = rowsOfVictim();
            present.addAll(observe(target, script));
            // After an error nothing has been changed, and nothing can be asked.
            return session.isAborted()
                    || script.isOf(Actor.VICTIM_AT_WORK)
                    || rowsOfVictim().equals(before);
        });
        forgetPlans();
        if (!untouched) {
            return Optional.of("another owner's rows were changed by:%n%s".formatted(text(script)));
        }
        if (present.isEmpty()) {
            return Optional.empty();
        }
        List<String> absent = session.rollingBack(() -> {
            session.removeRows(tables, script.isOfAnOwner() ? other : "");
            return observe(target, script.withoutVictimsWork());
        });
        forgetPlans();
        return present.equals(absent)
                ? Optional.empty()
                : Optional.of("another owner's rows were observed by:%n%s%nwith those rows:  %s%nwithout them:     %s"
                        .formatted(text(script), present, absent));
    }

    private List<String> observe(Target target, Script script) throws SQLException {
        List<String> observed = new ArrayList<>();
        Actor acting = Actor.ADMIN;
        for (Step step : script.steps()) {
            if (step.actor() != acting) {
                become(step.actor(), acting, target.table());
                acting = step.actor();
            }
            String outcome = Outcome.of(session.connection(), step);
            if (acting.isObserved()) {
                observed.add(outcome);
            }
            if (session.isAborted()) {
                // Without a right on the table nobody gets as far, the victim neither; and what he does may be
                // forbidden to anybody.
                if (!acting.isObserved() && acting != Actor.VICTIM_AT_WORK && !outcome.startsWith("error 42501")) {
                    throw new SQLException("Could not be prepared: " + step.sql() + ": " + outcome);
                }
                return observed;
            }
        }
        if (acting != Actor.ADMIN) {
            session.becomeAdmin();
        }
        return observed;
    }

    private void become(Actor actor, Actor before, Table table) throws SQLException {
        session.becomeAdmin();
        switch (actor) {
            case ADMIN -> {}
            case VICTIM, VICTIM_AT_WORK, OTHER -> {
                session.becomeApplication();
                session.bind(actor == Actor.OTHER ? other : victim);
            }
            case NOBODY -> {
                session.becomeApplication();
                if (before != Actor.ADMIN) {
                    session.bind("");
                }
            }
            case TABLE_OWNER -> {
                session.execute("set local session authorization " + table.owner());
                session.bind(other);
            }
        }
    }

    private String rowsOfVictim() throws SQLException {
        return session.query(tables.stream()
                        .map(table ->
                                "select '%s', count(*)::text, md5(string_agg(t::text, e'\\n' order by t::text)) from %s t where %s = %s"
                                        .formatted(
                                                table.name().replace("'", "''"),
                                                table.name(),
                                                table.ownerColumn(),
                                                Session.literal(victim)))
                        .collect(Collectors.joining(" union all ")))
                .toString();
    }

    private void forgetPlans() throws SQLException {
        session.execute("deallocate all");
    }

    private static String text(Script script) {
        return script.steps().stream()
                .map(step -> "  %s: %s".formatted(step.actor(), step.sql()))
                .collect(Collectors.joining("\n"));
    }
}
