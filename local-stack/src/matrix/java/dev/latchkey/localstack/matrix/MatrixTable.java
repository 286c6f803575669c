package dev.latchkey.localstack.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Prints what the tests gave on each Keycloak, and fails if one failed or did not run. */
public final class MatrixTable {

    private static final int REPORT_DIRECTORIES = 2;

    private final List<String> versions;
    private final Map<String, Map<String, Cell>> rows = new TreeMap<>();

    private MatrixTable(List<String> versions) {
        this.versions = versions;
    }

    /** @param arguments two directories, each with one of reports for each version; then the versions */
    public static void main(String[] arguments) throws Exception {
        MatrixTable table = new MatrixTable(
                Arrays.asList(arguments).subList(REPORT_DIRECTORIES, arguments.length));
        for (String version : table.versions) {
            for (String reports : Arrays.asList(arguments).subList(0, REPORT_DIRECTORIES)) {
                table.read(Path.of(reports, version), version);
            }
        }
        if (!table.print()) {
            throw new IllegalStateException("Not everything works on every Keycloak: see the table above.");
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
            boolean failed = test.getElementsByTagName("failure").getLength()
                            + test.getElementsByTagName("error").getLength()
                    > 0;
            rows.computeIfAbsent(name, any -> new TreeMap<>())
                    .computeIfAbsent(version, any -> new Cell())
                    .add(failed);
        }
    }

    private boolean print() throws IOException {
        boolean good = !rows.isEmpty();
        StringBuilder table = new StringBuilder("%n%-32s".formatted(""));
        versions.forEach(version -> table.append("%-18s".formatted("Keycloak " + version)));
        for (Map.Entry<String, Map<String, Cell>> row : rows.entrySet()) {
            table.append("%n%-32s".formatted(row.getKey()));
            for (String version : versions) {
                Cell cell = row.getValue().getOrDefault(version, new Cell());
                table.append("%-18s".formatted(cell));
                good &= cell.isGood();
            }
        }
        System.out.println(table);
        return good;
    }

    private static final class Cell {

        private int all;
        private int failed;

        void add(boolean failure) {
            all++;
            failed += failure ? 1 : 0;
        }

        boolean isGood() {
            return all > 0 && failed == 0;
        }

        @Override
        public String toString() {
            return all == 0 ? "did not run" : failed == 0 ? all + " passed" : failed + " of " + all + " FAILED";
        }
    }
}
