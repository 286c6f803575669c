package dev.latchkey.rowsecurity.adopt;

import dev.latchkey.rowsecurity.doctor.Finding;
import dev.latchkey.rowsecurity.doctor.OwnerColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings an existing schema under row security, and back: online, and resumable after a kill at any step. The plan is written to
 * {@code app.adoption} before anything is changed, and each step is ticked in its own transaction.
 */
public final class Adoption implements AutoCloseable {

    /** Any number: one adoption at a time in a database. */
    private static final long ADVISORY_LOCK = 7_302_114_486_012L;

    private final Connection connection;
    private final Progress progress;
    private final Journal journal;
    private final Worker worker;

    /**
     * @param connection of the tables' owner or a superuser, used by nobody else until {@link #close}, which closes it
     * @param progress told what is done
     * @throws IllegalStateException if another adoption is under way in this database
     */
    public Adoption(Connection connection, Progress progress) throws SQLException {
        this.connection = connection;
        this.progress = progress;
        this.journal = new Journal(connection);
        this.worker = new Worker(connection, progress);
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + ADVISORY_LOCK + ")")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new IllegalStateException("Another adoption is under way in this database: wait for its end");
            }
        }
        execute("set statement_timeout = 0");
    }

    /** Everything that is in the way, at once; empty if the adoption can begin. */
    public List<Finding> obstacles(AdoptionRequest request) throws SQLException {
        return survey(request, Survey::obstacles);
    }

    /**
     * The SQL that {@link #adopt}, {@link #enforce} or {@link #revert} would send, for a reader. Changes nothing.
     *
     * @param request null to go on with what was begun
     * @param revert whether the way back is asked for
     * @throws AdoptionRefusedException if anything is in the way
     */
    public String dryRun(@Nullable AdoptionRequest request, boolean revert, Stage last) throws SQLException {
        if (revert) {
            return Script.of(journal.toUndo(), Step::undo);
        }
        List<Step> steps = new ArrayList<>(journal.exists() ? journal.pending(last) : List.of());
        if (request != null) {
            plan(request).stream()
                    .filter(step -> step.stage().compareTo(last) <= 0)
                    .forEach(steps::add);
        }
        steps.sort(Comparator.comparing(Step::stage));
        return Script.of(steps, Step::statements);
    }

    /** The application's role of what was adopted last. */
    public String role() throws SQLException {
        return journal.role();
    }

    /**
     * Goes on with what was begun, then with what is asked for and not adopted yet, up to the stage. Can be repeated: what is done already is
     * left alone.
     *
     * @throws AdoptionRefusedException if anything is in the way, before anything is changed
     * @throws IllegalStateException if a {@link #revert} was begun: it has to be ended first
     * @throws SQLException if a step fails; the steps before it are kept
     */
    public void adopt(AdoptionRequest request, Stage last) throws SQLException, InterruptedException {
        refuseWhileReverting();
        if (journal.exists()) {
            perform(journal.pending(Stage.OBSERVE));
        }
        List<Step> plan = plan(request);
        if (!plan.isEmpty()) {
            begin(plan, request.role());
        }
        if (journal.exists()) {
            perform(journal.pending(last));
        }
    }

    /** Goes on with what was begun, up to enforcement. */
    public void enforce() throws SQLException, InterruptedException {
        refuseWhileReverting();
        if (!journal.exists() || journal.lastNumber() == 0) {
            throw new IllegalStateException("Nothing was adopted in this database yet: say what to adopt");
        }
        perform(journal.pending(Stage.ENFORCE));
    }

    /** Undoes all that was done by adoptions, the latest first, so that the schema is as it was. Rows are left alone. */
    public void revert() throws SQLException, InterruptedException {
        if (!journal.exists()) {
            return;
        }
        if (!journal.isReverting()) {
            connection.setAutoCommit(false);
            journal.turnBack();
            connection.commit();
            connection.setAutoCommit(true);
        }
        execute("set search_path = ''");
        List<Step> steps = journal.toUndo();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            progress.started(step, i + 1, steps.size());
            worker.perform(step, step.undo(), () -> journal.forget(step));
            progress.done(step);
        }
    }

    /** Ends the adoption's session. The next one need not wait until the server has noticed, nor a pool be left with its lock. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            if (!connection.isClosed()) {
                execute("reset search_path; reset statement_timeout; select pg_advisory_unlock(" + ADVISORY_LOCK + ")");
            }
        }
    }

    private void refuseWhileReverting() throws SQLException {
        if (journal.isReverting()) {
            throw new IllegalStateException("A way back was begun: end it with --revert");
        }
    }

    /** The plan is written down in the transaction that makes the table for it, before anything else is changed. */
    private void begin(List<Step> plan, String role) throws SQLException, InterruptedException {
        Step first = plan.get(0);
        progress.started(first, 1, 1);
        worker.perform(first, first.statements(), () -> {
            journal.write(plan, role);
            journal.tick(first);
        });
        progress.done(first);
    }

    private void perform(List<Step> steps) throws SQLException, InterruptedException {
        execute("set search_path = ''");
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            progress.started(step, i + 1, steps.size());
            worker.perform(step, step.statements(), () -> journal.tick(step));
            progress.done(step);
        }
    }

    /** Begins with schema app, if there is anything to do. */
    private List<Step> plan(AdoptionRequest request) throws SQLException {
        requireOneName(request.ownerColumn());
        return survey(request, survey -> {
            List<Finding> obstacles = survey.obstacles();
            if (!obstacles.isEmpty()) {
                throw new AdoptionRefusedException(obstacles);
            }
            int number = journal.lastNumber() + 1;
            // A table that is to be shared looks untouched until that stage.
            Set<String> pending = titles(journal.exists() ? journal.pending(Stage.ENFORCE) : List.of());
            List<Step> steps = survey.steps(number + 1).stream()
                    .filter(step -> !pending.contains(step.title()))
                    .toList();
            if (steps.isEmpty()) {
                return steps;
            }
            List<Step> plan = new ArrayList<>();
            plan.add(AppSchema.step(connection, number, request.ownerColumn()));
            plan.addAll(steps);
            return plan;
        });
    }

    private void requireOneName(OwnerColumn column) throws SQLException {
        if (AppSchema.exists(connection) && !OwnerColumn.of(connection).equals(column)) {
            throw new IllegalStateException("This database's owner column is called %s: say --owner-column %1$s"
                    .formatted(OwnerColumn.of(connection).name()));
        }
        try (var statement = connection.prepareStatement("select quote_ident(?)")) {
            statement.setString(1, column.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getString(1).equals(column.name())) {
                    throw new IllegalStateException(
                            "%s is a word of SQL: the owner column needs another name".formatted(column.name()));
                }
            }
        }
    }

    private static Set<String> titles(List<Step> steps) {
        return steps.stream().map(Step::title).collect(Collectors.toSet());
    }

    /** Names are found by the session's search path; everything after that is spelled with its schema. */
    private <T> T survey(AdoptionRequest request, Question<T> question) throws SQLException {
        execute("reset search_path");
        Survey survey = new Survey(connection, request);
        execute("set search_path = ''");
        return question.ask(survey);
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Question<T> {
        T ask(Survey survey) throws SQLException;
    }
}
