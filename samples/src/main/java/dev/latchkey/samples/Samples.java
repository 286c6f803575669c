package dev.latchkey.samples;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line: one subcommand for each way to sign in. */
@Command(
        name = "samples",
        mixinStandardHelpOptions = true,
        description = "Native applications that sign a person in and call the API.",
        subcommands = {DesktopCommand.class, DeviceCommand.class},
        synopsisSubcommandLabel = "desktop | device")
public final class Samples {

    private Samples() {}

    /** Ends with 0, or 1 if nobody was signed in, 2 if the arguments are wrong, 130 after Ctrl-C. */
    public static void main(String[] arguments) {
        // Else Java sends a POST again when no answer comes: a refresh token that may be spent.
        System.setProperty("sun.net.http.retryPost", "false");
        Thread cancelled = new Thread(() -> System.err.println("Cancelled."));
        Runtime.getRuntime().addShutdownHook(cancelled);
        int exitCode = new CommandLine(new Samples())
                .setExecutionExceptionHandler(withoutStackTrace())
                .execute(arguments);
        if (Runtime.getRuntime().removeShutdownHook(cancelled)) {
            System.exit(exitCode);
        }
    }

    private static IExecutionExceptionHandler withoutStackTrace() {
        return (exception, command, parsed) -> {
            if (!(exception instanceof SignInException)) {
                throw exception;
            }
            command.getErr().println(exception.getMessage());
            return 1;
        };
    }
}
