package dev.latchkey.rowsecurity.binding.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.postgresql.core.BaseConnection;

/** One connection from when a pool lends it to when it comes back: which traces it bears by then. */
public final class Lease {

    private final Sessions sessions;
    private final BaseConnection driver;
    private final boolean isOurs;
    private final int reportedBefore;
    private final Set<String> met = new LinkedHashSet<>(0);
    private boolean learned;
    private Trace trace = Trace.NONE;

    Lease(Sessions sessions, BaseConnection driver, boolean isOurs) {
        this.sessions = sessions;
        this.driver = driver;
        this.isOurs = isOurs;
        this.reportedBefore = reported();
    }

    /** Called before every statement. */
    public void note(String sql) {
        Trace known = sessions.known(sql);
        if (known == null) {
            met.add(sql);
        } else {
            trace = trace.or(known);
        }
    }

    /**
     * Called after {@link #note}, when a query of row security's own goes out before the statement.
     *
     * @return columns that this query has to ask for besides its own, with a comma before each; mostly none
     */
    public String question() {
        boolean wanted = isOurs && !learned && (!met.isEmpty() || sessions.isDue());
        return wanted ? ",\n" + sessions.question() : "";
    }

    /** Reads the answer to {@link #question}, if the row has one. */
    public void learnFrom(ResultSet row) throws SQLException {
        Look look = Look.of(row);
        if (look != null) {
            sessions.learn(look);
            learned = true;
        }
    }

    /** Called when JDBC itself changes the session in a way that pools do not undo. */
    public void mark() {
        trace = Trace.HIDDEN;
    }

    /**
     * Called when the connection is returned. Rolls an open transaction back if it has to look.
     *
     * @return whether the session may bear anything for its next user, or could not be looked at
     */
    public boolean isMarked() {
        if (!isOurs) {
            return false;
        }
        try {
            if (reported() != reportedBefore) {
                return true;
            }
            if (learned) {
                trace = trace.or(sessions.judge(met));
            }
            boolean mustLook = trace == Trace.VISIBLE || (!learned && !met.isEmpty());
            return trace == Trace.HIDDEN
                    || (mustLook && (sessions.isMarked(driver) || sessions.judge(met) == Trace.HIDDEN));
        } catch (SQLException e) {
            return true;
        }
    }

    /** The settings of which the server tells the driver unasked, among them the login role and, from Postgres 18 on, search_path. */
    private int reported() {
        return driver.getParameterStatuses().hashCode();
    }
}
