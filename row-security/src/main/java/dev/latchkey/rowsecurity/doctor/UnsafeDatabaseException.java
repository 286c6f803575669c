package dev.latchkey.rowsecurity.doctor;

import dev.latchkey.rowsecurity.RowSecurityException;
import java.util.List;
import java.util.stream.Collectors;

/** Row security could be passed by in this database. The message lists every finding. Code {@code unsafe_database}. */
public final class UnsafeDatabaseException extends RowSecurityException {

    public static final String CODE = "unsafe_database";

    private final transient List<Finding> findings;

    public UnsafeDatabaseException(List<Finding> findings) {
        super(
                CODE,
                findings.stream()
                        .map(finding -> "\n  " + finding)
                        .collect(Collectors.joining("", "Row security could be passed by:", "")),
                null);
        this.findings = findings;
    }

    /** Everything that is wrong, at least one. */
    public List<Finding> findings() {
        return findings;
    }
}
