package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** TRUNCATE knows no policy: no grant may allow it. */
final class TruncateIsRefused implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(target.other("truncate {table}"), target.other("truncate {table} cascade"));
    }
}
