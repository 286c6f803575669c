package dev.latchkey.api.writes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** What a client does with its own rows while it is offline, and what it has in the end: as simple as can be. */
final class Library {

    /** Each belongs to the one before. */
    static final List<String> TABLES = List.of("works", "annotations", "cards");

    private static final int ROWS_OF_A_TABLE = 4;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random;
    private final Map<String, List<String>> ids = new HashMap<>();
    private final Map<String, Row> rows = new TreeMap<>();
    private final List<Op> ops = new ArrayList<>();

    Library(Random random) {
        this.random = random;
        for (String table : TABLES) {
            List<String> some = new ArrayList<>();
            for (int i = 0; i < ROWS_OF_A_TABLE; i++) {
                some.add(UUID.randomUUID().toString());
            }
            ids.put(table, some);
        }
    }

    static String text(String table) {
        return switch (table) {
            case "works" -> "title";
            case "annotations" -> "content";
            default -> "front";
        };
    }

    static String parentField(String table) {
        return switch (table) {
            case "annotations" -> "work_id";
            case "cards" -> "annotation_id";
            default -> "none";
        };
    }

    void live(int length) {
        while (ops.size() < length) {
            String table = any(TABLES);
            String id = any(ids.get(table));
            String parent = anyParent(table);
            boolean there = rows.containsKey(key(table, id));
            String kind = any(
                    there
                            ? List.of("patch", "patch", "replace", "upsert", "delete")
                            : List.of("create", "create", "upsert", "delete"));
            if (parent != null || kind.equals("delete")) {
                act(kind, table, id, parent == null ? "" : parent);
            }
        }
    }

    List<Op> ops() {
        return ops;
    }

    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        rows.forEach((key, row) -> state.put(key, row.toString()));
        return state;
    }

    /** The rows of a guest or of a device, all as they are in the end but for their texts, parents first. */
    List<Op> allRows(String text) {
        return creations(rows.keySet(), text);
    }

    /** Some rows of the same ids, with the same parents, that an account has already. */
    List<Op> accountsRows() {
        Set<String> some = new HashSet<>();
        for (String key : rows.keySet()) {
            if (random.nextInt(3) == 0) {
                for (String with = key; with != null; with = rows.get(with).parentKey()) {
                    some.add(with);
                }
            }
        }
        return creations(some, "account");
    }

    /** @param guestWins where both have a row */
    Map<String, String> merged(List<Op> account, List<Op> guest, Predicate<Op> guestWins) {
        Map<String, String> state = new TreeMap<>();
        account.forEach(op -> state.put(key(op.table(), op.id()), op.row().toString()));
        for (Op op : guest) {
            Row row = op.row();
            state.merge(
                    key(op.table(), op.id()),
                    row.toString(),
                    (there, same) ->
                            guestWins.test(op) ? new Row(row.table(), row.text(), row.parent(), 1).toString() : there);
        }
        return state;
    }

    private List<Op> creations(Set<String> keys, String text) {
        List<Op> creations = new ArrayList<>();
        for (String table : TABLES) {
            rows.forEach((key, row) -> {
                if (row.table().equals(table) && keys.contains(key)) {
                    creations.add(op(
                            "create",
                            table,
                            key.substring(table.length() + 1),
                            new Row(table, text, row.parent(), 0),
                            ""));
                }
            });
        }
        return creations;
    }

    private void act(String kind, String table, String id, String parent) {
        String key = key(table, id);
        Row before = rows.get(key);
        Row after = new Row(table, "text " + ops.size(), parent, before == null ? 0 : before.version() + 1);
        if (kind.equals("patch") && random.nextBoolean()) {
            after = new Row(table, after.text(), before.parent(), after.version());
        }
        if (kind.equals("delete")) {
            forget(key);
        } else {
            rows.put(key, after);
        }
        // As the client knows it; when it made the change.
        String known = before == null ? "" : ",\"version\":" + before.version();
        String time = ",\"updated_at\":\"%s\"".formatted(START.plusSeconds(ops.size()));
        ops.add(op(kind, table, id, after, (kind.equals("create") ? "" : known) + time));
    }

    private void forget(String key) {
        rows.remove(key);
        List.copyOf(rows.keySet()).stream()
                .filter(child ->
                        rows.containsKey(child) && key.equals(rows.get(child).parentKey()))
                .forEach(this::forget);
    }

    private Op op(String kind, String table, String id, Row row, String more) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(text(table), row.text());
        if (!row.parent().isEmpty()) {
            data.put(parentField(table), row.parent());
        }
        StringBuilder json = new StringBuilder();
        data.forEach((name, value) ->
                json.append(json.isEmpty() ? "{" : ",").append("\"%s\":\"%s\"".formatted(name, value)));
        String document = kind.equals("delete") ? "" : BatchTest.data(json + "}");
        return new Op(kind, table, id, row, BatchTest.op(kind, table, id, more + document));
    }

    /** Of a row that is there; empty for a table that belongs to none; null if there is none. */
    private String anyParent(String table) {
        if (table.equals("works")) {
            return "";
        }
        String above = TABLES.get(TABLES.indexOf(table) - 1);
        List<String> there = ids.get(above).stream()
                .filter(id -> rows.containsKey(key(above, id)))
                .toList();
        return there.isEmpty() ? null : any(there);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String key(String table, String id) {
        return table + "/" + id;
    }

    record Op(String kind, String table, String id, Row row, String json) {

        /** The same, made then. */
        Op at(Instant time) {
            return new Op(
                    kind, table, id, row, json.replace(",\"data\"", ",\"updated_at\":\"%s\",\"data\"".formatted(time)));
        }

        /** Whether an earlier operation has to stay before this one. */
        boolean mustFollow(Op earlier) {
            return (table.equals(earlier.table) && id.equals(earlier.id))
                    || (kind.equals("delete") && isBelow(earlier.table, table))
                    || (earlier.kind.equals("delete") && isBelow(table, earlier.table));
        }

        private static boolean isBelow(String table, String other) {
            return TABLES.indexOf(table) > TABLES.indexOf(other);
        }
    }

    record Row(String table, String text, String parent, long version) {

        String parentKey() {
            return parent.isEmpty() ? null : key(TABLES.get(TABLES.indexOf(table) - 1), parent);
        }

        @Override
        public String toString() {
            return "%s of %s, version %d".formatted(text, parent.isEmpty() ? "nothing" : parent, version);
        }
    }
}
