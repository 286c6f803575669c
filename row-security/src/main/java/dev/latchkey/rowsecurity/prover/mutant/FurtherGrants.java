package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.List;

/** Rights on a table that reach past row security. */
final class FurtherGrants implements Family {

    @Override
    public List<Mutant> of(Table table, Schema schema, String role) {
        return List.of(
                grant("truncate", table, role),
                grant("references", table, role),
                grant("trigger", table, role),
                grant("truncate", table, "public"),
                grant("all", table, role));
    }

    private static Mutant grant(String privilege, Table table, String grantee) {
        return Mutant.of(
                "%s granted to %s".formatted(privilege, grantee),
                "grant %s on %s to %s".formatted(privilege, table.name(), grantee));
    }
}
