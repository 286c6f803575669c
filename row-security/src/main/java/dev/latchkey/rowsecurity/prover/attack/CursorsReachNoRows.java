package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** A cursor, forward and scrolled. */
final class CursorsReachNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other(
                        "declare prover_cursor no scroll cursor for select * from {table}",
                        "fetch all from prover_cursor",
                        "close prover_cursor"),
                target.other(
                        "declare prover_cursor scroll cursor for select {owner_id} from {table}",
                        "move last in prover_cursor",
                        "move backward all in prover_cursor",
                        "fetch all from prover_cursor",
                        "close prover_cursor"));
    }
}
