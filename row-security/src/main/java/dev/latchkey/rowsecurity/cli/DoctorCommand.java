package dev.latchkey.rowsecurity.cli;

import dev.latchkey.rowsecurity.doctor.Doctor;
import dev.latchkey.rowsecurity.doctor.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = "Lists everything by which row security could be passed by.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions database = new ConnectionOptions();

    @Override
    public Integer call() throws SQLException {
        try (Connection connection = database.connect()) {
            List<Finding> findings = new Doctor().examine(connection);
            findings.forEach(spec.commandLine().getOut()::println);
            return findings.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }
}
