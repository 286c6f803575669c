package dev.latchkey.rowsecurity.prover.mutant;

import java.util.List;

/** Of a database that believes signed bindings only: it believes others too, or somebody else can sign. */
final class BrokenSignatures {

    private BrokenSignatures() {}

    static List<Mutant> of(String role) {
        return List.of(
                Mutant.of("app.current_owner() that verifies no signature", """
                        create or replace function app.current_owner() returns text
                        language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp
                        as $f$ begin return nullif(current_setting('app.user_id', true), ''); end $f$"""),
                Mutant.of("app.bindings_are_signed() that says no", """
                        create or replace function app.bindings_are_signed() returns boolean
                        language sql immutable parallel safe set search_path = pg_catalog, pg_temp as 'select false'"""),
                Mutant.of("no key left", "delete from app.binding_key"),
                Mutant.of("keys readable", "grant select on app.binding_key to " + role),
                Mutant.of(
                        "keys readable by everybody",
                        "grant select (inner_block, outer_block) on app.binding_key to public"),
                Mutant.of(
                        "keys in a view",
                        "create view prover.mutant as table app.binding_key",
                        "grant select on prover.mutant to " + role),
                Mutant.of("keys to be added", "grant insert on app.binding_key to " + role),
                Mutant.of(
                        "keys to be added by a function",
                        "alter function app.add_binding_key(bytea) security definer",
                        "grant execute on function app.add_binding_key(bytea) to " + role),
                Mutant.of(
                        "keys that nobody watches", "alter table app.binding_key disable trigger binding_key_changed"));
    }
}
