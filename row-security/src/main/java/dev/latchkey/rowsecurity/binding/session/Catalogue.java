package dev.latchkey.rowsecurity.binding.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which names of a database lead to a trace: functions by what their bodies say, and what calls them: triggers, views, defaults,
 * policies and so on, in any number of steps.
 *
 * @param version stands for all that was read: it changes with every definition
 * @param traces by name in lower case, whatever schema it is in; without those that lead to none
 */
record Catalogue(String version, Map<String, Trace> traces) {

    /** Of nothing in particular: what has no word for a name (an operator, a cast) is under it, and concerns every statement. */
    private static final String ANYTHING = Definition.NAMELESS;

    /**
     * From here on object ids are the database's own (FirstNormalObjectId), so that a function that somebody puts into pg_catalog
     * counts too. Extensions in C: what is volatile may leave something, but for the two that only make keys.
     */
    static final String DEFINITIONS = """
            select p.proname,
              case when l.lanname in ('sql', 'plpgsql') then 'body'
                when l.lanname = 'c' and (p.provolatile <> 'v' or e.extname in ('uuid-ossp', 'pgcrypto')) then 'mention'
                else 'opaque' end,
              case when l.lanname = 'c' then '' else coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) end
            from pg_catalog.pg_proc p
            join pg_catalog.pg_language l on l.oid = p.prolang
            left join pg_catalog.pg_depend d
              on d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
            left join pg_catalog.pg_extension e on e.oid = d.refobjid
            where p.oid >= 16384 and p.prokind <> 'a'
            union all
            select p.proname, 'mention', concat_ws(' ', a.aggtransfn, a.aggfinalfn, a.aggmtransfn, a.aggminvtransfn)
            from pg_catalog.pg_aggregate a join pg_catalog.pg_proc p on p.oid = a.aggfnoid where p.oid >= 16384
            union all
            select c.relname, 'body', pg_get_ruledef(r.oid)
            from pg_catalog.pg_rewrite r join pg_catalog.pg_class c on c.oid = r.ev_class where r.oid >= 16384
            union all
            select c.relname, 'mention', f.proname::text
            from pg_catalog.pg_trigger t
            join pg_catalog.pg_class c on c.oid = t.tgrelid
            join pg_catalog.pg_proc f on f.oid = t.tgfoid
            where not t.tgisinternal
            union all
            select c.relname, 'body', pg_get_expr(d.adbin, d.adrelid)
            from pg_catalog.pg_attrdef d join pg_catalog.pg_class c on c.oid = d.adrelid where d.oid >= 16384
            union all
            select coalesce(c.relname, t.typname), 'body', pg_get_constraintdef(k.oid)
            from pg_catalog.pg_constraint k
            left join pg_catalog.pg_class c on c.oid = k.conrelid
            left join pg_catalog.pg_type t on t.oid = k.contypid
            where k.contype in ('c', 'x') and k.oid >= 16384
            union all
            select parent.relname, 'mention', child.relname::text
            from pg_catalog.pg_constraint k
            join pg_catalog.pg_class parent on parent.oid = k.confrelid
            join pg_catalog.pg_class child on child.oid = k.conrelid
            where k.contype = 'f' and (k.confdeltype in ('c', 'n', 'd') or k.confupdtype in ('c', 'n', 'd'))
            union all
            select c.relname, 'body',
              concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
            from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid
            union all
            select parent.relname, 'mention', child.relname::text
            from pg_catalog.pg_inherits i
            join pg_catalog.pg_class parent on parent.oid = i.inhparent
            join pg_catalog.pg_class child on child.oid = i.inhrelid
            where child.relkind not in ('i', 'I')
            union all
            select distinct c.relname, 'mention', t.typname::text
            from pg_catalog.pg_attribute a
            join pg_catalog.pg_class c on c.oid = a.attrelid
            join pg_catalog.pg_type t on t.oid = a.atttypid
            where a.atttypid >= 16384 and t.typtype = 'd'
            union all
            select c.relname, 'body',
              concat_ws(' ', pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid))
            from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indrelid
            where i.indexrelid >= 16384 and (i.indexprs is not null or i.indpred is not null)
            union all
            select '', 'mention', f.proname::text
            from pg_catalog.pg_operator o join pg_catalog.pg_proc f on f.oid = o.oprcode where o.oid >= 16384
            union all
            select '', 'mention', f.proname::text
            from pg_catalog.pg_cast k join pg_catalog.pg_proc f on f.oid = k.castfunc where k.oid >= 16384""";

    static final Catalogue UNREAD = new Catalogue("", Map.of());

    static Catalogue of(String version, List<Definition> definitions) {
        return new Catalogue(version, followed(definitions));
    }

    /** What the text says and where its names lead. */
    Trace traceOf(SqlText text) {
        return SqlTrace.ofStatements(text)
                .or(traces.getOrDefault(ANYTHING, Trace.NONE))
                .or(traces.isEmpty() ? Trace.NONE : ofNames(text.words(), traces));
    }

    private static Map<String, Trace> followed(List<Definition> definitions) {
        Map<String, Trace> traces = new HashMap<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Definition definition : definitions) {
                Trace trace = definition.own().or(ofNames(definition.words(), traces));
                if (trace.compareTo(traces.getOrDefault(definition.name(), Trace.NONE)) > 0) {
                    traces.put(definition.name(), trace);
                    grown = true;
                }
            }
        }
        return Map.copyOf(traces);
    }

    private static Trace ofNames(Set<String> words, Map<String, Trace> traces) {
        Trace trace = Trace.NONE;
        for (String word : words) {
            trace = trace.or(traces.getOrDefault(word, Trace.NONE));
        }
        return trace;
    }
}
