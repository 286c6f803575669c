package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The application, on behalf of the owner. */
final class Application {

    private final Session session;

    Application(Session session) {
        this.session = session;
    }

    /** Each statement's answers. The session is an admin's again afterwards; what was changed stays. */
    List<List<Answer>> run(Sequence sequence) throws SQLException {
        session.becomeApplication();
        session.bind(TwoOwners.OWNER);
        List<List<Answer>> answers = new ArrayList<>();
        for (Statement statement : sequence.statements()) {
            List<Answer> steps = new ArrayList<>();
            for (String sql : statement.sql()) {
                steps.add(answer(sql, statement.ordered(), statement.exact()));
            }
            answers.add(steps);
        }
        answers.add(List.of(answer("set constraints all immediate", false, false)));
        session.becomeAdmin();
        return answers;
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
