package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Session;
import java.util.List;

/** The application's role, and the function that names the owner. */
final class AroundTheTables {

    private AroundTheTables() {}

    static List<Mutant> of(String role, String victim) {
        String owner = Session.literal(victim);
        return List.of(
                Mutant.of("app.current_owner() immutable", "alter function app.current_owner() immutable"),
                Mutant.of("app.current_owner() volatile", "alter function app.current_owner() volatile"),
                Mutant.of(
                        "app.current_owner() without search_path",
                        "alter function app.current_owner() reset search_path"),
                Mutant.of(
                        "app.current_owner() with the caller's search_path",
                        "alter function app.current_owner() set search_path = public, pg_catalog"),
                Mutant.of("app.current_owner() with a fallback", """
                        create or replace function app.current_owner() returns text language plpgsql stable set search_path = pg_catalog, pg_temp
                        as $f$ begin return coalesce(nullif(current_setting('app.user_id', true), ''), %s); end $f$""".formatted(owner)),
                Mutant.of("app.current_owner() that reads another setting", """
                        create or replace function app.current_owner() returns text language plpgsql stable set search_path = pg_catalog, pg_temp
                        as $f$ begin return nullif(current_setting('app.root', true), ''); end $f$"""),
                Mutant.of("superuser", "alter role %s superuser".formatted(role)),
                Mutant.of("BYPASSRLS", "alter role %s bypassrls".formatted(role)),
                Mutant.of("CREATEROLE", "alter role %s createrole".formatted(role)),
                Mutant.of("REPLICATION", "alter role %s replication".formatted(role)),
                Mutant.of("member of a role that reads everything", "grant pg_read_all_data to " + role),
                Mutant.of(
                        "member of a role with BYPASSRLS",
                        "create role prover_mutant bypassrls",
                        "grant prover_mutant to " + role),
                Mutant.of("owner set for the role", "alter role %s set app.user_id = %s".formatted(role, owner)),
                Mutant.of(
                        "owner set for the database",
                        "do $do$ begin execute format('alter database %%I set app.user_id = %s', current_database()); end $do$"
                                .formatted(owner.substring(1).replace("'", "''"))),
                Mutant.of("schemas to create things in", "grant create on schema app to " + role));
    }
}
