package dev.latchkey.rowsecurity.doctor;

/**
 * One way in which row security could be passed by.
 *
 * @param code stable name of the kind of finding, in kebab case: docs/reference/doctor.md lists them
 * @param object what is wrong: a table, policy, function, role, with its schema
 * @param why what it would let happen
 * @param remedy the SQL that mends it, or what to do
 */
public record Finding(String code, String object, String why, String remedy) {

    /** One line for a log or an error message. */
    @Override
    public String toString() {
        return "[%s] %s. %s Mend: %s".formatted(code, object, why, remedy);
    }
}
