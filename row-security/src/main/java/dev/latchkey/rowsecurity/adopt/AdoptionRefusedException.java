package dev.latchkey.rowsecurity.adopt;

import dev.latchkey.rowsecurity.RowSecurityException;
import dev.latchkey.rowsecurity.doctor.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** Something is in the way of an adoption; nothing was changed. The message lists everything. Code {@code adoption_refused}. */
public final class AdoptionRefusedException extends RowSecurityException {

    public static final String CODE = "adoption_refused";

    private final transient List<Finding> findings;

    AdoptionRefusedException(List<Finding> findings) {
        super(
                CODE,
                findings.stream()
                        .map(finding -> "\n  " + finding)
                        .collect(Collectors.joining("", "Nothing was changed, because of:", "")),
                null);
        this.findings = findings;
    }

    /** What is in the way, at least one. */
    public List<Finding> findings() {
        return findings;
    }
}
