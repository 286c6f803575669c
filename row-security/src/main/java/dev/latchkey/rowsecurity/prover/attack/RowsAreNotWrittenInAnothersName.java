package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** INSERT with a foreign owner_id, singly, in bulk, from a query; and giving rows away. */
final class RowsAreNotWrittenInAnothersName implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        var forged = target.forged();
        return List.of(
                Script.other(forged.insert()),
                Script.other(target.fresh().insert() + ", (" + forged.valueList() + ")"),
                Script.other("insert into %s (%s) overriding system value select %s"
                        .formatted(t, forged.columnList(), forged.valueList())),
                Script.other("update %s set owner_id = %s".formatted(t, target.victim())),
                Script.other(
                        "with given as (%s returning owner_id) select count(*) from given".formatted(forged.insert())));
    }
}
