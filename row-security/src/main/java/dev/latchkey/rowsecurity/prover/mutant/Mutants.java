package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
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

    /** Of the role and the policy's function. */
    public static List<Mutant> around(String role, String victim) {
        return AroundTheTables.of(role, victim);
    }

    /** Of bindings: of their signatures, or if there are none, of what a session was left with. */
    public static List<Mutant> bindings(String role, String victim, boolean signed) {
        return signed
                ? BrokenSignatures.of(role)
                : List.of(Mutant.of("owner bound to the session", "set app.user_id = " + Session.literal(victim)));
    }

    /** Tables that somebody forgot to protect. */
    public static List<Mutant> newTables(String role, String ownerColumn) {
        return NewTables.of(role, ownerColumn);
    }
}
