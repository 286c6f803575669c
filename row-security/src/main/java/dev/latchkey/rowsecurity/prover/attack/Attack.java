package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;
import java.util.Locale;

/** One way to reach for somebody else's rows. The class' name says what has to hold. */
public interface Attack {

    /** Scripts to run against this table; none if the way does not exist there. */
    List<Script> scripts(Target target);

    /** The class' name as words. */
    default String claim() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
