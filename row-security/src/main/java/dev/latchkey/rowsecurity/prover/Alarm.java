package dev.latchkey.rowsecurity.prover;

import dev.latchkey.rowsecurity.doctor.Doctor;
import dev.latchkey.rowsecurity.doctor.Finding;
import dev.latchkey.rowsecurity.prover.attack.Attack;
import dev.latchkey.rowsecurity.prover.attack.Attacks;
import dev.latchkey.rowsecurity.prover.attack.Judge;
import dev.latchkey.rowsecurity.prover.attack.Target;
import dev.latchkey.rowsecurity.prover.mutant.Mutant;
import dev.latchkey.rowsecurity.prover.world.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that can notice something wrong: the doctor, the look for forgotten tables, and the attacks. */
final class Alarm {

    private final Session session;
    private final Judge judge;
    private final Doctor doctor = new Doctor();
    /** What is noticed without any mutant says nothing of one. */
    private final Set<String> known = new HashSet<>();

    Alarm(Session session, Judge judge) throws SQLException {
        this.session = session;
        this.judge = judge;
        known.addAll(findings());
        known.addAll(ForgottenTables.of(session));
    }

    /** The doctor's, on the application's role. */
    List<String> findings() throws SQLException {
        return session.rollingBack(() -> {
            session.becomeApplication();
            return doctor.examine(session.connection()).stream()
                    .map(Finding::toString)
                    .toList();
        });
    }

    /** Plants it, listens, and takes it out again. */
    boolean rings(Mutant mutant, List<Target> targets) throws SQLException {
        return session.rollingBack(() -> {
            for (String sql : mutant.sql()) {
                session.execute(sql);
            }
            List<String> noticed = new ArrayList<>(findings());
            noticed.addAll(ForgottenTables.of(session));
            return !known.containsAll(noticed) || anyBreach(targets);
        });
    }

    private boolean anyBreach(List<Target> targets) throws SQLException {
        for (Target target : targets) {
            for (Attack attack : Attacks.ALL) {
                if (judge.breach(target, attack).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }
}
