package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.rows.Row;
import dev.latchkey.rowsecurity.prover.rows.RowMaker;
import dev.latchkey.rowsecurity.prover.rows.RowNotInventedException;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes rows of two owners: some alike in all but the owner, as far as keys allow it, so that a missing predicate shows; some not. */
final class TwoOwners {

    static final String OWNER = "prover-one";
    static final String OTHER = "prover-two";

    /** Number of the first row: numbers made of it are beyond what a sequence behind a default gets to. */
    private static final int FIRST = 20_000_000;

    private static final int ALIKE = 4;
    private static final int UNLIKE = 3;
    private static final int SPARE = 4;

    private final Session session;
    private final List<Table> tables;
    private final Random random;

    private TwoOwners(Session session, List<Table> tables, long seed) {
        this.session = session;
        this.tables = tables;
        this.random = new Random(seed);
    }

    /** By table, for those that a row can be made for; constraints are checked at once again afterwards. */
    static Map<String, Held> make(Session session, Schema schema, Map<String, String> samples, long seed)
            throws SQLException {
        List<Table> owned = schema.tables().stream().filter(Table::isOwned).toList();
        var owners = new TwoOwners(session, owned, seed);
        session.execute("set constraints all deferred");
        // Two makers of one seed invent the same values.
        var maker = new RowMaker(session, schema, samples, seed);
        owners.insert(maker, OWNER, ALIKE);
        Map<String, List<Row>> spare = owners.spare(maker);
        owners.insert(new RowMaker(session, schema, samples, seed), OTHER, ALIKE + UNLIKE);
        session.execute("set constraints all immediate");
        for (Table table : owned) {
            owners.mingle(table, OWNER);
            owners.mingle(table, OTHER);
        }
        session.bind("");
        Map<String, Held> held = new LinkedHashMap<>();
        for (Table table : owned) {
            List<Row> own = owners.rows(table, OWNER);
            List<Row> unused = spare.getOrDefault(table.name(), List.of());
            if (!own.isEmpty() && !unused.isEmpty()) {
                held.put(table.name(), new Held(own, owners.rows(table, OTHER), unused));
            }
        }
        return held;
    }

    private void insert(RowMaker maker, String owner, int firstUnlike) throws SQLException {
        List<Integer> numbers = IntStream.concat(
                        IntStream.range(0, ALIKE), IntStream.range(firstUnlike, firstUnlike + UNLIKE))
                .mapToObj(number -> FIRST + number)
                .toList();
        for (Table table : tables) {
            try {
                for (int number : numbers) {
                    maker.row(table, owner, number);
                }
            } catch (RowNotInventedException e) {
                // As many as there can be. None at all is another claim's matter.
            }
        }
    }

    /** Lets rows refer to what other rows of the owner refer to: the maker gives each its own. */
    private void mingle(Table table, String owner) throws SQLException {
        List<String> references = table.withoutOwner(table.foreignKeys().stream()
                .flatMap(key -> key.columns().stream())
                .distinct()
                .toList());
        if (references.isEmpty() || table.keys().isEmpty()) {
            return;
        }
        List<Row> rows = rows(table, owner);
        for (Row row : rows) {
            Row like = rows.get(random.nextInt(rows.size()));
            String set = references.stream().map(c -> c + " = " + like.sql(c)).collect(Collectors.joining(", "));
            String where = table.keys().get(0).columns().stream()
                    .map(c -> c + " = " + row.sql(c))
                    .collect(Collectors.joining(" and "));
            try {
                session.keeping(() ->
                        session.query("update %s set %s where %s returning 1".formatted(table.name(), set, where)));
            } catch (SQLException e) {
                // A key or trigger is against it: then the row stays as it is.
            }
        }
    }

    private Map<String, List<Row>> spare(RowMaker maker) throws SQLException {
        Map<String, List<Row>> spare = new LinkedHashMap<>();
        for (Table table : tables) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < SPARE; i++) {
                int number = FIRST + ALIKE + 2 * UNLIKE + i;
                try {
                    rows.add(session.rollingBack(() -> maker.unkept(table, OWNER, number)));
                } catch (RowNotInventedException e) {
                    break;
                }
            }
            spare.put(table.name(), rows);
        }
        return spare;
    }

    private List<Row> rows(Table table, String owner) throws SQLException {
        List<String> columns = table.ownColumns();
        String list = columns.stream()
                .map(c -> ", " + c + "::text, " + c + " is null")
                .collect(Collectors.joining());
        List<Row> rows = new ArrayList<>();
        for (List<String> texts : session.query("select 1%s from %s where %s = %s order by (%s)::text"
                .formatted(
                        list,
                        table.name(),
                        table.ownerColumn(),
                        Session.literal(owner),
                        "row(%s)".formatted(String.join(", ", columns))))) {
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            values.put(table.ownerColumn(), owner);
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), Session.isTrue(texts.get(2 * i + 2)) ? null : texts.get(2 * i + 1));
            }
            rows.add(new Row(table, values));
        }
        return rows;
    }
}
