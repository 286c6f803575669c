package dev.latchkey.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What other projects' linters of Postgres schemas ask, beside what the doctor does. */
class SchemaFactsIT {

    /** Our schemas; of the tables there, Liquibase has its own made as it likes, but for their keys. */
    private static final String OURS = "('public'::regnamespace, 'app'::regnamespace, 'maintenance'::regnamespace)";

    private enum Fact {
        FUNCTIONS_PIN_THEIR_SEARCH_PATH("""
                select p.oid::regprocedure from pg_proc p
                where p.pronamespace in %s and not exists (select from unnest(p.proconfig) s where s like 'search_path=%%')""", """
                create function public.planted() returns int language sql return 1""", "planted()"),
        DEFINER_FUNCTIONS_ARE_THE_KNOWN_ONES("""
                select p.oid::regprocedure from pg_proc p where p.pronamespace in %s and p.prosecdef
                and p.oid not in ('app.current_owner()'::regprocedure, 'public.anchor_owner()'::regprocedure,
                  'public.audit_change()'::regprocedure, 'maintenance.expire_receipts()'::regprocedure, 'maintenance.expire_rate_limits()'::regprocedure,
                  'maintenance.audit_months(integer, integer)'::regprocedure)""", """
                create function public.planted() returns int language sql security definer return 1""", "planted()"),
        FUNCTIONS_SAY_WHAT_THEY_DO("""
                select p.oid::regprocedure from pg_proc p
                where p.pronamespace in %s and obj_description(p.oid, 'pg_proc') is null""", """
                create function public.planted() returns int language sql return 1""", "planted()"),
        TABLES_SAY_WHAT_THEY_HOLD("""
                select c.oid::regclass from pg_class c
                where c.relnamespace in %s and c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') is null""", """
                create table public.planted (id bigint primary key)""", "planted"),
        TABLES_HAVE_PRIMARY_KEYS("""
                select c.oid::regclass from pg_class c
                where (c.relnamespace in %s or c.relnamespace = 'liquibase'::regnamespace) and c.relkind in ('r', 'p')
                and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)""", """
                create table liquibase.planted (id bigint)""", "liquibase.planted"),
        FOREIGN_KEYS_HAVE_INDEXES("""
                select f.conrelid::regclass from pg_constraint f
                where f.connamespace in %s and f.contype = 'f' and not exists (
                  select from pg_index i where i.indrelid = f.conrelid and i.indpred is null
                  and f.conkey @> (i.indkey::int2[])[0:cardinality(f.conkey) - 1])""", """
                create table public.planted (id bigint primary key, other bigint references public.planted)""", "planted"),
        INDEXES_ARE_NOT_THE_BEGINNING_OF_OTHERS("""
                select i.indexrelid::regclass from pg_index i
                join pg_class c on c.oid = i.indexrelid and c.relnamespace in %s
                join pg_index longer on longer.indrelid = i.indrelid and longer.indexrelid <> i.indexrelid
                where not i.indisunique and i.indpred is null and longer.indpred is null
                and (longer.indkey::int2[])[0:i.indnkeyatts - 1] = (i.indkey::int2[])[0:i.indnkeyatts - 1]""", """
                create index planted on public.works (owner_id, id)""", "planted"),
        ROW_SECURITY_COMES_WITH_A_POLICY("""
                select c.oid::regclass from pg_class c
                where c.relnamespace in %s and c.relrowsecurity is distinct from exists (select from pg_policy where polrelid = c.oid)""", """
                alter table public.app_users enable row level security""", "app_users"),
        POLICIES_CALL_NOTHING_FOR_EACH_ROW("""
                select p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
                cross join concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) condition
                where c.relnamespace in %s and replace(condition, '( SELECT app.current_owner() AS current_owner)', '') ~ '\\w\\('""", """
                create policy planted on public.works using (owner_id = app.current_owner())""", "planted"),
        COLUMNS_HAVE_TYPES_OF_TODAY("""
                select a.attname from pg_attribute a
                join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
                left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                where c.relnamespace in %s and a.attnum > 0 and (
                  a.atttypid in ('timestamp'::regtype, 'timetz'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'json'::regtype, 'money'::regtype)
                  or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%%')""", """
                alter table public.works add column planted varchar(10)""", "planted"),
        NAMES_NEED_NO_QUOTES("""
                select name from (
                  select relname::text from pg_class where relnamespace in %1$s
                  union all select proname from pg_proc where pronamespace in %1$s
                  union all select conname from pg_constraint where connamespace in %1$s
                  union all select polname from pg_policy
                  union all select a.attname from pg_attribute a
                  join pg_class c on c.oid = a.attrelid and c.relnamespace in %1$s and a.attnum > 0) names (name)
                where quote_ident(name) <> name or name !~ '^[a-z][a-z0-9_]*$'""", """
                alter table public.works add column "Planted" int""", "Planted");

        private final String exceptions;
        private final String plant;
        private final String planted;

        Fact(String exceptions, String plant, String planted) {
            this.exceptions = exceptions.formatted(OURS);
            this.plant = plant;
            this.planted = planted;
        }
    }

    @ParameterizedTest
    @EnumSource
    void factAsMigratedThenHolds(Fact fact) throws SQLException {
        try (Session session = Migrated.server().connectAs("postgres")) {
            assertThat(session.texts(fact.exceptions)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void factWhenPlantedThenIsMissed(Fact fact) throws SQLException {
        try (Session session = Migrated.server().connectAs("postgres")) {
            session.update(fact.plant);
            assertThat(session.texts(fact.exceptions)).contains(fact.planted);
        }
    }
}
