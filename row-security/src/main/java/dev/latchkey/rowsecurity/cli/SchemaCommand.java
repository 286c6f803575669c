package dev.latchkey.rowsecurity.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "schema",
        description =
                "Prints the SQL that makes or renews schema app, for psql as the role that owns the tables. It can be run again.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

    private static final String CHANGELOG = "/dev/latchkey/rowsecurity/changelog/app.sql";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try (InputStream changelog = Objects.requireNonNull(SchemaCommand.class.getResourceAsStream(CHANGELOG))) {
            spec.commandLine().getOut().print(new String(changelog.readAllBytes(), StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        }
        return CommandLine.ExitCode.OK;
    }
}
