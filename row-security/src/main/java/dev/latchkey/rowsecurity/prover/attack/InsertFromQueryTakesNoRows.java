package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** INSERT … SELECT out of the table itself. */
final class InsertFromQueryTakesNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String columns = target.fresh().columnList();
        return List.of(Script.other(target.sql("insert into {table} (") + columns + ") overriding system value select "
                + columns + target.sql(" from {table} where {owner_id} = {victim}")));
    }
}
