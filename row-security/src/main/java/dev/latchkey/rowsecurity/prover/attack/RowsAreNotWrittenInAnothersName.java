package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** INSERT with a foreign owner_id, singly, in bulk, from a query; and giving rows away. */
final class RowsAreNotWrittenInAnothersName implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        var forged = target.forged();
        return List.of(
                Script.other(forged.insert()),
                Script.other(target.fresh().insert() + ", (" + forged.valueList() + ")"),
                Script.other(target.sql("insert into {table} (") + forged.columnList()
                        + ") overriding system value select " + forged.valueList()),
                target.other("update {table} set {owner_id} = {victim}"),
                Script.other("with given as (" + forged.insert()
                        + target.sql(" returning {owner_id}) select count(*) from given")));
    }
}
