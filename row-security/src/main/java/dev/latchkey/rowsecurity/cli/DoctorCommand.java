package dev.latchkey.rowsecurity.cli;

import dev.latchkey.rowsecurity.doctor.Doctor;
import dev.latchkey.rowsecurity.doctor.Explanation;
import dev.latchkey.rowsecurity.doctor.Finding;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = "Lists everything by which row security could be passed by, or explains who sees a row.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions database = new ConnectionOptions();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "The role to examine, the application's for example; default: the one that logs in.")
    private @Nullable String role;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--explain",
            paramLabel = "TABLE",
            description = "Explain why the role sees the row with this ID, or why not. Log in as a superuser for this.")
    private @Nullable String table;

    @Option(
            names = "--owner",
            paramLabel = "OWNER",
            description = "With --explain: the owner that is bound; default: nobody.")
    private @Nullable String owner;

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "With --explain: the values of the primary key but for owner_id, in their order.")
    private List<String> id = new ArrayList<>();

    @Override
    public Integer call() throws SQLException {
        if (table == null && (owner != null || !id.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--owner and ID go with --explain");
        }
        Doctor doctor = role == null ? new Doctor() : new Doctor(role);
        try (Connection connection = database.connect()) {
            connection.setReadOnly(true);
            return table == null
                    ? print(doctor.examine(connection))
                    : print(doctor.explain(connection, table, id, owner));
        }
    }

    private int print(List<Finding> findings) {
        if (json) {
            print(Map.of(
                    "findings", findings.stream().map(DoctorCommand::members).toList()));
        } else {
            findings.forEach(out()::println);
        }
        return findings.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int print(Explanation explanation) {
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("table", explanation.table());
            members.put("visible", explanation.visible());
            members.put(
                    "reasons",
                    explanation.reasons().stream().map(DoctorCommand::members).toList());
            print(members);
        } else {
            out().println(explanation.visible() ? "visible" : "not visible");
            explanation.reasons().forEach(out()::println);
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(Map<String, ?> members) {
        out().println(JsonWriter.standard().writeToString(members));
    }

    private static Map<String, String> members(Finding finding) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("code", finding.code());
        members.put("object", finding.object());
        members.put("why", finding.why());
        members.put("remedy", finding.remedy());
        return members;
    }

    private static Map<String, String> members(Explanation.Reason reason) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("code", reason.code());
        members.put("text", reason.text());
        return members;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
