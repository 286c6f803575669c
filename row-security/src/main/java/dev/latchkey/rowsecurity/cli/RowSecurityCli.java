package dev.latchkey.rowsecurity.cli;

import java.net.UnknownHostException;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Row security from the command line. Exit codes: 0 all is well, 1 something was found or refused, 2 the arguments are wrong or the database
 * does not answer.
 */
@Command(
        name = "row-security",
        description = "Row level security of a Postgres database: examined, explained, introduced.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AdoptCommand.class, DoctorCommand.class, SchemaCommand.class})
public final class RowSecurityCli {

    private RowSecurityCli() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new RowSecurityCli())
                .setParameterExceptionHandler(RowSecurityCli::complain)
                .setExecutionExceptionHandler(RowSecurityCli::complain);
    }

    private static int complain(CommandLine.ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .printf(
                        "%s (%s --help tells the options)%n",
                        firstLine(e), command.getCommandSpec().qualifiedName());
        return CommandLine.ExitCode.USAGE;
    }

    private static int complain(Exception e, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
        if (e instanceof CommandLine.ParameterException wrongParameter) {
            return complain(wrongParameter, new String[0]);
        }
        // What is neither the arguments' nor the database's fault is ours, and its stack trace is of use.
        if (!(e instanceof SQLException)) {
            throw e;
        }
        // The driver says only in the cause that it is the name.
        String unknownHost =
                e.getCause() instanceof UnknownHostException host ? ": unknown host " + host.getMessage() : "";
        command.getErr().println(firstLine(e).replaceFirst("\\.$", "") + unknownHost);
        return CommandLine.ExitCode.USAGE;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
