package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** A view with security_invoker, and one on top of it with a barrier. */
final class ViewsOfTheInvokerReachNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(target.script(
                        Actor.ADMIN,
                        "create view prover.v with (security_invoker = true) as select * from {table}",
                        "create view prover.w with (security_invoker = true, security_barrier = true) as select * from prover.v",
                        "grant select, update, delete on prover.v, prover.w to " + target.role())
                .as(
                        Actor.OTHER,
                        "select * from prover.v",
                        "select count(*) from prover.w",
                        target.sql("delete from prover.v where {owner_id} = {victim}")));
    }
}
