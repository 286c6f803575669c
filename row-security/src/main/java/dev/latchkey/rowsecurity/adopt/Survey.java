package dev.latchkey.rowsecurity.adopt;

import dev.latchkey.rowsecurity.doctor.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks at a schema for one request: what is in the way, and what would have to be done. Changes nothing. */
final class Survey {

    private static final String SCOPE = Resource.text("scope.sql");

    private static final String TABLE = """
            select c.oid::bigint from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.oid = to_regclass(?) and c.oid >= 16384 and n.nspname !~ '^pg_' and n.nspname <> 'app'""";

    private final Connection connection;
    private final AdoptionRequest request;
    private final List<String> missing = new ArrayList<>();
    private final Long[] tables;
    private final Long[] shared;

    /** @param connection whose search path finds the tables as they are named */
    Survey(Connection connection, AdoptionRequest request) throws SQLException {
        this.connection = connection;
        this.request = request;
        this.tables = identify(request.tables());
        this.shared = identify(request.shared());
    }

    private Long[] identify(List<String> names) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            for (String name : names) {
                statement.setString(1, name);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        found.add(row.getLong(1));
                    } else {
                        missing.add(name);
                    }
                }
            }
        }
        return found.toArray(Long[]::new);
    }

    /** Everything that is in the way, at once. */
    List<Finding> obstacles() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (String name : missing) {
            findings.add(new Finding(
                    "adopt-table-missing",
                    name,
                    "There is no such table of the application.",
                    "name it with its schema, as in SQL"));
        }
        query(union(Obstacle.values(), Obstacle::resource, "object, remedy"), row -> {
            Obstacle obstacle = Obstacle.valueOf(row.getString("kind"));
            findings.add(
                    new Finding(obstacle.code(), row.getString("object"), obstacle.why(), row.getString("remedy")));
        });
        boolean readable = findings.stream().noneMatch(finding -> finding.code().equals(Obstacle.NO_RIGHT.code()));
        long unknown = readable ? unknownUsers() : 0;
        if (unknown > 0) {
            findings.add(
                    new Finding(
                            "adopt-users-unknown",
                            "column " + request.userColumn(),
                            "It names %d more user(s) than owners are known for.".formatted(unknown),
                            "give every user an owner with --map user=owner, or --owner-from-column where their names have the form of an owner id"));
        }
        return List.copyOf(findings);
    }

    /** Only the rows tell: the catalogue does not know what values a column has. */
    private long unknownUsers() throws SQLException {
        List<String> statements = new ArrayList<>();
        query(Resource.text("users.sql"), row -> statements.add(row.getString("statement")));
        if (statements.isEmpty()) {
            return 0;
        }
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(statements.get(0))) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Steps for what is asked for and not adopted yet, numbered from {@code first}. */
    List<Step> steps(int first) throws SQLException {
        List<Step> steps = new ArrayList<>();
        query(union(StepKind.values(), StepKind::resource, "object, work, statements, undo"), row -> {
            StepKind kind = StepKind.valueOf(row.getString("kind"));
            steps.add(new Step(
                    first + steps.size(),
                    kind.stage(),
                    row.getString("object"),
                    row.getString("work"),
                    texts(row, "statements"),
                    texts(row, "undo")));
        });
        return List.copyOf(steps);
    }

    private static <T extends Enum<T>> String union(T[] kinds, Function<T, String> resource, String columns) {
        return IntStream.range(0, kinds.length)
                        .mapToObj(position -> "select %d as position, '%s' as kind, %s from (%n%s) found%n"
                                .formatted(
                                        position,
                                        kinds[position].name(),
                                        columns,
                                        Resource.text(resource.apply(kinds[position]))))
                        .collect(Collectors.joining("union all\n"))
                + "order by position, 3, 4";
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private void query(String sql, Row found) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(request.ownerColumn().in(SCOPE + sql))) {
            statement.setString(1, request.owner());
            statement.setString(2, request.role());
            statement.setString(3, request.userColumn());
            statement.setBoolean(4, request.tables().isEmpty());
            statement.setArray(5, connection.createArrayOf("bigint", tables));
            statement.setArray(6, connection.createArrayOf("bigint", shared));
            List<String> users = request.owners().keySet().stream().sorted().toList();
            statement.setArray(7, connection.createArrayOf("text", users.toArray()));
            statement.setArray(
                    8,
                    connection.createArrayOf(
                            "text", users.stream().map(request.owners()::get).toArray()));
            statement.setBoolean(9, request.othersOwnThemselves());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.read(rows);
                }
            }
        }
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }
}
