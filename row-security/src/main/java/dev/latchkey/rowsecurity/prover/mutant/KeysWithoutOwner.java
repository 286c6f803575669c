package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.ForeignKey;
import dev.latchkey.rowsecurity.prover.world.Key;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.ArrayList;
import java.util.List;

/** A key or foreign key that no longer begins with the owner. */
final class KeysWithoutOwner implements Family {

    @Override
    public List<Mutant> of(Table table, Schema schema, String role) {
        List<Mutant> mutants = new ArrayList<>();
        if (!table.partitioned()) { // A unique key of a partitioned table has to hold what it is partitioned by.
            table.keys().stream()
                    .filter(key -> !table.withoutOwner(key.columns()).isEmpty())
                    .forEach(key -> mutants.addAll(of(table, key)));
        }
        for (ForeignKey key : table.foreignKeys()) {
            Table parent = schema.table(key.parent());
            List<String> columns = table.withoutOwner(key.columns());
            String parentColumns = String.join(", ", parent.withoutOwner(key.parentColumns()));
            if (parent.isOwned() && !parent.partitioned() && !columns.isEmpty()) {
                mutants.add(Mutant.of(
                        "foreign key %s without owner_id".formatted(key.name()),
                        "alter table %s drop constraint %s".formatted(table.name(), key.name()),
                        "create unique index prover_parent on %s (%s)".formatted(parent.name(), parentColumns),
                        "alter table %s add constraint prover_mutant foreign key (%s) references %s (%s)"
                                .formatted(table.name(), String.join(", ", columns), parent.name(), parentColumns)));
            }
        }
        return mutants;
    }

    private static List<Mutant> of(Table table, Key key) {
        String columns = String.join(", ", table.withoutOwner(key.columns()));
        List<Mutant> mutants = new ArrayList<>();
        mutants.add(Mutant.of(
                "unique index like %s without owner_id".formatted(key.name()),
                "create unique index prover_mutant on %s (%s)".formatted(table.name(), columns)));
        if (key.primary()) {
            mutants.add(Mutant.of(
                    "primary key without owner_id",
                    """
                    do $do$ begin execute (
                      select format('alter table %s drop constraint %%I cascade', conname)
                      from pg_catalog.pg_constraint where conrelid = $t$%1$s$t$::regclass and contype = 'p');
                    end $do$""".formatted(table.name()),
                    "alter table %s add primary key (%s)".formatted(table.name(), columns)));
        }
        return mutants;
    }
}
