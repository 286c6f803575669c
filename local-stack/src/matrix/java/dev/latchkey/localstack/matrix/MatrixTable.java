package dev.latchkey.localstack.matrix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Prints what the tests gave on each Keycloak, and fails if one failed, or did not run for another reason than {@link Testable} gives. */
public final class MatrixTable {

    private final List<String> versions;
    private final Map<String, Map<String, Cell>> rows = new TreeMap<>();

    private MatrixTable(List<String> versions) {
        this.versions = versions;
    }

    /** @param arguments a directory with one of reports for each version; then the versions */
    public static void main(String[] arguments) throws Exception {
        MatrixTable table = new MatrixTable(Arrays.asList(arguments).subList(1, arguments.length));
        for (String version : table.versions) {
            table.read(Path.of(arguments[0], version), version);
            table.unseen(version);
        }
        if (!table.print()) {
            throw new IllegalStateException("Not every Keycloak does what it should: see the table above.");
        }
    }

    private void read(Path reports, String version) throws Exception {
        if (!Files.isDirectory(reports)) {
            return;
        }
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList()) {
                read(file.toFile().toURI().toString(), version);
            }
        }
    }

    /** The suite of a class with nested ones has their tests too, each under its own class. */
    private void read(String report, String version) throws Exception {
        NodeList tests = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(report)
                .getElementsByTagName("testcase");
        for (int i = 0; i < tests.getLength(); i++) {
            Element test = (Element) tests.item(i);
            String name = test.getAttribute("classname").replaceAll("^.*\\.|\\$.*$", "");
            rows.computeIfAbsent(name, any -> new TreeMap<>())
                    .computeIfAbsent(version, any -> new Cell())
                    .add(test);
        }
    }

    /** Else the list of what is not tested would go on saying so of a test that has another name, or is gone. */
    private void unseen(String version) {
        Set<String> reasons = rows.values().stream()
                .map(row -> row.getOrDefault(version, new Cell()))
                .flatMap(cell -> cell.leftOut.stream())
                .collect(Collectors.toSet());
        if (reasons.contains(Testable.REFUSED)) {
            return;
        }
        for (Lacking lacking : Lacking.on(version)) {
            if (!reasons.contains(lacking.reason())) {
                throw new IllegalStateException("Keycloak %s: there is no test %s to leave out".formatted(version, lacking.test()));
            }
        }
    }

    private boolean print() {
        boolean good = !rows.isEmpty();
        StringBuilder table = new StringBuilder("%n%-32s".formatted(""));
        versions.forEach(version -> table.append("%-24s".formatted("Keycloak " + version)));
        for (Map.Entry<String, Map<String, Cell>> row : rows.entrySet()) {
            table.append("%n%-32s".formatted(row.getKey()));
            for (String version : versions) {
                Cell cell = row.getValue().getOrDefault(version, new Cell());
                table.append("%-24s".formatted(cell));
                good &= cell.isGood();
            }
        }
        System.out.println(table);
        return good;
    }

    private static final class Cell {

        private static final Set<String> WHOLE = Set.of(Testable.REFUSED, Testable.TAKEN);

        private final List<String> leftOut = new ArrayList<>();
        private int passed;
        private int failed;

        void add(Element test) {
            NodeList skipped = test.getElementsByTagName("skipped");
            String reason =
                    skipped.getLength() == 0 ? "" : ((Element) skipped.item(0)).getAttribute("message");
            if (WHOLE.contains(reason) || reason.startsWith(Lacking.REASON)) {
                leftOut.add(reason);
            } else if (Stream.of("skipped", "failure", "error")
                    .anyMatch(end -> test.getElementsByTagName(end).getLength() > 0)) {
                failed++;
            } else {
                passed++;
            }
        }

        boolean isGood() {
            return failed == 0 && (passed > 0 || !leftOut.isEmpty());
        }

        @Override
        public String toString() {
            if (failed > 0) {
                return "%d of %d FAILED".formatted(failed, passed + failed);
            }
            if (leftOut.isEmpty()) {
                return passed > 0 ? passed + " passed" : "did not run";
            }
            return WHOLE.contains(leftOut.get(0)) ? leftOut.get(0) : "%d passed, %d lacking".formatted(passed, leftOut.size());
        }
    }
}
