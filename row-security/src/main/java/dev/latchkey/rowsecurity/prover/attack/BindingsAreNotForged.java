package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Where bindings are signed: another owner's id under one's own signature, under none, under an invented one, and signed with a key that could be read. */
final class BindingsAreNotForged implements Attack {

    private static final String OTHERS_ID = "select length(set_config('app.user_id', {victim}, true))";

    private static final String INVENTED = "select length(set_config('app.context', regexp_replace("
            + "current_setting('app.context'), '[^|]*$', repeat('0', 64)), true))";

    private static final String SIGNED = """
            with unsigned as (
              select *, format('prover|write|%s||%s', date_part('epoch', now() + interval '1 hour')::bigint, id) as context from app.binding_key limit 1
            )
            select length(set_config('app.context', context || '|' || encode(
              sha256(outer_block || sha256(inner_block || convert_to({victim} || '|' || context, 'UTF8'))), 'hex'), true))
            from unsigned""";

    @Override
    public List<Script> scripts(Target target) {
        if (!target.signed()) {
            return List.of();
        }
        return List.of(
                target.other(OTHERS_ID, "select * from {table}"),
                target.other(OTHERS_ID, "delete from {table}"),
                target.other(OTHERS_ID, "select length(set_config('app.context', '', true))", "select * from {table}"),
                target.other(OTHERS_ID, INVENTED, "select * from {table}"),
                target.other(OTHERS_ID, SIGNED, "select * from {table}"));
    }
}
