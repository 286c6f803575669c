package dev.latchkey.rowsecurity.cli;

import dev.latchkey.rowsecurity.adopt.AppSchema;
import dev.latchkey.rowsecurity.doctor.OwnerColumn;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "schema",
        description =
                "Prints the SQL that makes or renews schema app, for psql as the role that owns the tables. It can be run again.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--owner-column",
            paramLabel = "NAME",
            defaultValue = OwnerColumn.DEFAULT,
            description = "What the column is called that says whose a row is; default: ${DEFAULT-VALUE}.")
    private String ownerColumn = "";

    @Override
    public Integer call() {
        try {
            spec.commandLine().getOut().print(AppSchema.sql(new OwnerColumn(ownerColumn)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
