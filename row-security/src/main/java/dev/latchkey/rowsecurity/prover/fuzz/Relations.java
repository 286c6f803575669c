package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** The tables and views that the application reads, and what it may do with their columns. */
final class Relations {

    /** Bits of pg_relation_is_updatable: 16 is DELETE. */
    private static final String RELATIONS = """
            select format('%%I.%%I', n.nspname, c.relname),
              has_table_privilege(%1$s, c.oid, 'delete') and (c.relkind <> 'v' or pg_relation_is_updatable(c.oid, false) & 16 = 16)
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v') and not c.relispartition and c.relpersistence <> 't'
              and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
              and has_schema_privilege(%1$s, n.oid, 'usage') and has_any_column_privilege(%1$s, c.oid, 'select')
            order by 1""";

    private static final String ATTRIBUTES = """
            select quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), b.typcategory, t.typbasetype = 0,
              has_column_privilege(%1$s, a.attrelid, a.attnum, 'insert') and a.attgenerated = '',
              has_column_privilege(%1$s, a.attrelid, a.attnum, 'update') and a.attgenerated = '' and a.attidentity <> 'a'
                and (c.relkind <> 'v' or pg_column_is_updatable(a.attrelid, a.attnum, false)),
              exists (
                select from pg_index i where i.indrelid = a.attrelid and (i.indisunique or i.indisexclusion)
                  and (a.attnum = any (i.indkey::int2[]) or exists (
                    select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
                      and d.refobjid = a.attrelid and d.refobjsubid = a.attnum)))
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid
            join pg_type t on t.oid = a.atttypid
            join pg_type b on b.oid = case when t.typbasetype = 0 then t.oid else t.typbasetype end
            where a.attrelid = %2$s::regclass and a.attnum > 0 and not a.attisdropped
              and has_column_privilege(%1$s, a.attrelid, a.attnum, 'select')
            order by a.attnum""";

    private final Session session;
    private final Schema schema;
    private final String role;
    private final Map<String, Set<Use>> usesByType = new HashMap<>();

    private Relations(Session session, Schema schema) {
        this.session = session;
        this.schema = schema;
        this.role = Session.literal(session.role()) + "::regrole";
    }

    /** Reads it; the session is an admin's. */
    static List<Relation> read(Session session, Schema schema) throws SQLException {
        List<Relation> all = session.rollingBack(() -> {
            // The catalogue spells names without their schema where the search path finds them.
            session.execute("set local search_path = ''");
            var reader = new Relations(session, schema);
            List<Relation> found = new ArrayList<>();
            for (List<String> row : session.query(RELATIONS.formatted(reader.role))) {
                found.add(reader.relation(row.get(0), Session.isTrue(row.get(1))));
            }
            return found;
        });
        List<Relation> readable = new ArrayList<>();
        for (Relation relation : all) {
            if (isReadable(session, relation.name())) {
                readable.add(relation);
            }
        }
        return readable;
    }

    /** A view may fail whatever it is asked, and then it tells nothing. */
    private static boolean isReadable(Session session, String relation) throws SQLException {
        try {
            session.keeping(
                    () -> session.query("select count(*) from (select * from %s offset 0) r".formatted(relation)));
            return true;
        } catch (PSQLException e) {
            return false;
        }
    }

    private Relation relation(String name, boolean deletable) throws SQLException {
        Optional<Table> table =
                schema.tables().stream().filter(one -> one.name().equals(name)).findFirst();
        Optional<Table> owned = table.filter(Table::isOwned);
        // What is shared is everybody's: the fuzzer only reads it.
        boolean written = table.isEmpty() || owned.isPresent();
        List<Attribute> attributes = new ArrayList<>();
        for (List<String> row : session.query(ATTRIBUTES.formatted(role, Session.literal(name)))) {
            attributes.add(attribute(name, row, written));
        }
        return new Relation(name, owned, attributes, deletable && written);
    }

    private Attribute attribute(String relation, List<String> row, boolean written) throws SQLException {
        String name = row.get(0);
        Set<Use> uses = EnumSet.of(Use.READ);
        uses.addAll(ofType(relation, name, row.get(1)));
        if (name.equals(schema.ownerColumn())) {
            uses.add(Use.OWNER);
        } else if (written) {
            addIf(Session.isTrue(row.get(4)), Use.INSERT, uses);
            addIf(Session.isTrue(row.get(5)), Use.UPDATE, uses);
        }
        addIf(Session.isTrue(row.get(3)), Use.PLAIN, uses);
        addIf(Session.isTrue(row.get(6)), Use.KEY, uses);
        return new Attribute(name, row.get(1), row.get(2), relation + '.' + name, uses);
    }

    /** Postgres says what can be done with a type. */
    private Set<Use> ofType(String relation, String column, String type) throws SQLException {
        Set<Use> known = usesByType.get(type);
        if (known == null) {
            known = EnumSet.noneOf(Use.class);
            addIf(works("select %1$s from %2$s where false group by 1 order by 1", relation, column), Use.ORDER, known);
            addIf(works("select max(%1$s) from %2$s where false", relation, column), Use.MAXIMUM, known);
            // A sum of floating point numbers depends on their order.
            boolean exact = !type.equals("real") && !type.equals("double precision");
            addIf(exact && works("select sum(%1$s) from %2$s where false", relation, column), Use.SUM, known);
            usesByType.put(type, known);
        }
        return known;
    }

    private boolean works(String sql, String relation, String column) throws SQLException {
        try {
            session.keeping(() -> session.query(sql.formatted(column, relation)));
            return true;
        } catch (SQLException e) {
            // 42883, 42803: there is no such operator or aggregate.
            if (e.getSQLState().startsWith("42")) {
                return false;
            }
            throw e;
        }
    }

    private static void addIf(boolean condition, Use use, Set<Use> uses) {
        if (condition) {
            uses.add(use);
        }
    }
}
