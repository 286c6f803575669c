package dev.latchkey.rowsecurity.prover.world;

import dev.latchkey.rowsecurity.doctor.OwnerColumn;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of every schema that is not Postgres' own, by name. Partitions are left to their parents. */
public final class Schema {

    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname), r.oid::regrole::text, not (r.rolsuper or r.rolbypassrls), c.relkind = 'p'
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_roles r on r.oid = c.relowner
            where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
              and c.relpersistence <> 't'
            order by 1""";

    private static final String COLUMNS = """
            select quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), b.typcategory,
              a.attnotnull or t.typnotnull, a.atthasdef or a.attidentity <> '' or not (a.attnotnull or t.typnotnull),
              a.attidentity <> 'a',
              concat_ws(' ',
                (select string_agg(pg_get_constraintdef(d.oid), ' ') from pg_constraint d where d.contypid = t.oid),
                (select string_agg(quote_literal(e.enumlabel), ' ' order by e.enumsortorder) from pg_enum e where e.enumtypid in (b.oid, b.typelem)))
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
            join pg_type b on b.oid = case when t.typbasetype = 0 then t.oid else t.typbasetype end
            where a.attrelid = '%s'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            order by a.attnum""";

    /** A foreign key within a partitioned table shows once more per partition of its parent. */
    private static final String CONSTRAINTS = """
            select quote_ident(o.conname), o.contype,
              (select string_agg(quote_ident(a.attname), e'\\n' order by k.i)
               from unnest(o.conkey) with ordinality k (n, i)
               join pg_attribute a on a.attrelid = o.conrelid and a.attnum = k.n),
              case o.contype when 'c' then pg_get_expr(o.conbin, o.conrelid) else (
                select format('%%I.%%I', n.nspname, p.relname) from pg_class p join pg_namespace n on n.oid = p.relnamespace
                where p.oid = o.confrelid) end,
              (select string_agg(quote_ident(a.attname), e'\\n' order by k.i)
               from unnest(o.confkey) with ordinality k (n, i)
               join pg_attribute a on a.attrelid = o.confrelid and a.attnum = k.n)
            from pg_constraint o
            where o.conrelid = '%s'::regclass and o.contype in ('c', 'f') and o.conparentid = 0
            order by 1""";

    private static final String KEYS = """
            select i.indexrelid::regclass::text, i.indisprimary,
              (select string_agg(quote_ident(a.attname), e'\\n' order by k.n)
               from unnest(i.indkey::int2[]) with ordinality k (attnum, n)
               join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
               where k.n <= i.indnkeyatts)
            from pg_index i
            where i.indrelid = '%s'::regclass and (i.indisunique or i.indisexclusion) and not (0 = any (i.indkey::int2[]))
            order by not i.indisprimary, 1""";

    private final String ownerColumn;
    private final Map<String, Table> tables;

    private Schema(String ownerColumn, Map<String, Table> tables) {
        this.ownerColumn = ownerColumn;
        this.tables = tables;
    }

    /** Reads it; the session is an admin's. */
    public static Schema read(Session session) throws SQLException {
        return session.rollingBack(() -> {
            // The catalogue spells names without their schema where the search path finds them.
            session.execute("set local search_path = ''");
            String ownerColumn = OwnerColumn.of(session.connection()).name();
            Map<String, Table> tables = new LinkedHashMap<>();
            for (List<String> row : session.query(TABLES)) {
                tables.put(row.get(0), table(session, row, ownerColumn));
            }
            return new Schema(ownerColumn, Collections.unmodifiableMap(tables));
        });
    }

    /** What the column is called that says whose a row is. */
    public String ownerColumn() {
        return ownerColumn;
    }

    public List<Table> tables() {
        return List.copyOf(tables.values());
    }

    public Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("There is no table " + name);
        }
        return table;
    }

    private static Table table(Session session, List<String> row, String ownerColumn) throws SQLException {
        String name = row.get(0);
        String literal = name.replace("'", "''");
        List<Column> columns = session.query(COLUMNS.formatted(literal)).stream()
                .map(c -> new Column(
                        c.get(0),
                        c.get(1),
                        c.get(2),
                        Session.isTrue(c.get(3)),
                        Session.isTrue(c.get(4)),
                        Session.isTrue(c.get(5)),
                        c.get(6)))
                .toList();
        List<List<String>> constraints = session.query(CONSTRAINTS.formatted(literal));
        return new Table(
                name,
                ownerColumn,
                row.get(1),
                Session.isTrue(row.get(2)),
                Session.isTrue(row.get(3)),
                columns,
                constraints.stream()
                        .filter(c -> c.get(1).equals("c"))
                        .map(c -> new Check(c.get(0), lines(c.get(2)), c.get(3)))
                        .toList(),
                session.query(KEYS.formatted(literal)).stream()
                        .map(k -> new Key(k.get(0), Session.isTrue(k.get(1)), lines(k.get(2))))
                        .toList(),
                constraints.stream()
                        .filter(c -> c.get(1).equals("f"))
                        .map(c -> new ForeignKey(c.get(0), lines(c.get(2)), c.get(3), lines(c.get(4))))
                        .toList());
    }

    private static List<String> lines(String value) {
        return value.isEmpty() ? List.of() : Arrays.asList(value.split("\n"));
    }
}
