package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** INSERT … SELECT out of the table itself. */
final class InsertFromQueryTakesNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String columns = target.fresh().columnList();
        return List.of(Script.other(
                "insert into %1$s (%2$s) overriding system value select %2$s from %1$s where owner_id = %3$s"
                        .formatted(target.name(), columns, target.victim())));
    }
}
