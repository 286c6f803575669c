package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** What the victim does cannot be read anywhere, whatever triggers and rules make of it: of all that the application can read, nothing differs for another owner. */
final class WorkLeavesNoTrace implements Attack {

    private static final String READ = """
            create function prover.everything() returns setof text language plpgsql as $f$
            declare
              relation regclass;
              content text;
            begin
              for relation in
                select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                  and pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_table_privilege(c.oid, 'select')
              loop
                begin
                  execute format('select md5(string_agg(r::text, chr(10) order by r::text)) from %s r', relation) into content;
                exception when others then
                  content := sqlerrm;
                end;
                return next concat_ws(' ', relation, content);
              end loop;
            end $f$""";

    @Override
    public List<Script> scripts(Target target) {
        String insert = target.forged().insert();
        return List.of(
                after(insert),
                after(target.sql("update {table} set {column} = {column}")),
                after(insert, "delete from %s where %s".formatted(target.name(), target.like(target.forged()))));
    }

    private static Script after(String... work) {
        return Script.of(Actor.ADMIN, READ)
                .as(Actor.VICTIM_AT_WORK, work)
                .as(Actor.OTHER, "select * from prover.everything()");
    }
}
