package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.List;

/** All breaks. */
public final class Mutants {

    private static final List<Family> FAMILIES = List.of(
            new SwitchedOff(),
            new WidenedPolicies(),
            new KeysWithoutOwner(),
            new LooseOwnerColumns(),
            new FurtherGrants(),
            new WaysAround());

    private Mutants() {}

    /** Of one protected table. */
    public static List<Mutant> of(Table table, Schema schema, String role) {
        return FAMILIES.stream()
                .flatMap(family -> family.of(table, schema, role).stream())
                .toList();
    }

    /** Of the role, the session and the policy's function. */
    public static List<Mutant> around(String role, String victim) {
        return AroundTheTables.of(role, victim);
    }

    /** Tables that somebody forgot to protect. */
    public static List<Mutant> newTables(String role, String ownerColumn) {
        return NewTables.of(role, ownerColumn);
    }
}
