package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements of one transaction. A statement that fails takes nothing but itself back. */
record Sequence(List<Statement> statements) {

    boolean writes() {
        return statements.stream().anyMatch(Statement::writes);
    }

    Sequence without(int index) {
        List<Statement> others = new ArrayList<>(statements);
        others.remove(index);
        return new Sequence(List.copyOf(others));
    }

    String text() {
        return IntStream.range(0, statements.size())
                .mapToObj(i -> "  %d. %s"
                        .formatted(
                                i + 1, String.join(";\n     ", statements.get(i).sql())))
                .collect(Collectors.joining("\n"));
    }
}
