package dev.latchkey.rowsecurity.cli;

import dev.latchkey.rowsecurity.InvalidOwnerException;
import dev.latchkey.rowsecurity.adopt.Adoption;
import dev.latchkey.rowsecurity.adopt.AdoptionRefusedException;
import dev.latchkey.rowsecurity.adopt.AdoptionRequest;
import dev.latchkey.rowsecurity.adopt.Stage;
import dev.latchkey.rowsecurity.doctor.Doctor;
import dev.latchkey.rowsecurity.doctor.Finding;
import dev.latchkey.rowsecurity.doctor.OwnerColumn;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "adopt",
        description =
                "Brings an existing schema under row security, online and step by step, and back. Can be killed and run again.",
        mixinStandardHelpOptions = true)
final class AdoptCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions database = new ConnectionOptions();

    @Parameters(
            paramLabel = "TABLE",
            description = "Tables to adopt, with their schema where the search path needs it.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--all",
            description =
                    "Adopt every table but the shared ones, those of migration tools, and those with row security.")
    private boolean all;

    @Option(names = "--owner", paramLabel = "ID", description = "The legacy owner: whose the rows are that are there.")
    private @Nullable String owner;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "What the application will log in as; made without LOGIN if it is not there.")
    private @Nullable String role;

    @Option(
            names = "--shared",
            split = ",",
            paramLabel = "TABLE",
            description = "Tables that every owner may read and the role may not write.")
    private List<String> shared = new ArrayList<>();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            defaultValue = "user_id",
            description = "The column that names a row's user; default: ${DEFAULT-VALUE}.")
    private String column = "";

    @Option(
            names = "--owner-column",
            paramLabel = "NAME",
            defaultValue = OwnerColumn.DEFAULT,
            description =
                    "What to call the column that says whose a row is, where ${DEFAULT-VALUE} means something already.")
    private String ownerColumn = "";

    @Option(
            names = "--map",
            paramLabel = "USER=OWNER",
            description = "Whose the rows of a user are. Once for each user, if there is more than one.")
    private Map<String, String> owners = new LinkedHashMap<>();

    @Option(names = "--owner-from-column", description = "Users without a --map are owners of the same name.")
    private boolean ownerFromColumn;

    @Option(names = "--dry-run", description = "Print the SQL and change nothing.")
    private boolean dryRun;

    @ArgGroup
    private End end = new End();

    static final class End {

        @Option(names = "--observe", description = "Stop where denials are reported and let through.")
        private boolean observe;

        @Option(
                names = "--enforce",
                description = "Go on to protection; the default. Without tables: of what is observed.")
        private boolean enforce;

        @Option(names = "--revert", description = "Undo all that was adopted. Rows are left alone.")
        private boolean revert;
    }

    @Override
    public Integer call() throws SQLException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean begun = end.revert || (end.enforce && tables.isEmpty() && !all);
        AdoptionRequest request = begun ? null : request();
        Stage last = end.observe ? Stage.OBSERVE : Stage.ENFORCE;
        Connection connection = database.connect();
        try (Adoption adoption = new Adoption(connection, new PrintedProgress(out))) {
            if (dryRun) {
                out.print(adoption.dryRun(request, end.revert, last));
                return CommandLine.ExitCode.OK;
            }
            if (end.revert) {
                adoption.revert();
                out.println("The schema is as it was.");
                return CommandLine.ExitCode.OK;
            }
            if (request == null) {
                adoption.enforce();
            } else {
                adoption.adopt(request, last);
            }
            return end(connection, request == null ? adoption.role() : request.role(), last);
        } catch (AdoptionRefusedException e) {
            e.findings().forEach(out::println);
            return CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalStateException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (SQLException e) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "%s%nThe steps before this one are done and kept: run it again to go on, or --revert.%n",
                            e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            out.flush();
        }
    }

    private AdoptionRequest request() {
        if (owner == null || role == null || tables.isEmpty() == !all) {
            throw new ParameterException(
                    spec.commandLine(), "say --owner and --role, and which tables or --all, but not both");
        }
        try {
            return new AdoptionRequest(
                    owner, role, column, tables, shared, owners, ownerFromColumn, new OwnerColumn(ownerColumn));
        } catch (InvalidOwnerException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private int end(Connection connection, String appRole, Stage last) throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        if (last == Stage.OBSERVE) {
            out.println("""

                    Nothing is enforced yet. What row security would deny stands in the server's log as a warning with SQLSTATE LK001,
                    "row security would deny: …", and in the application's. When it has fallen silent: adopt --enforce""");
            return CommandLine.ExitCode.OK;
        }
        List<Finding> findings = new Doctor(appRole).examine(connection);
        findings.forEach(out::println);
        out.printf(
                """

                The doctor has %d finding(s) for %s. What the application has to change:
                - It logs in as %2$s, after: alter role %2$s login, and \\password %2$s in psql.
                - A bean OwnerResolver says whose request it is; background work uses OwnerScope.runAs.
                - Migrations and spring.sql.init log in as the owner of the tables, on a connection of their own.
                - ON CONFLICT names %3$s first, or the constraint: on conflict (%3$s, name), on conflict on constraint …
                """,
                findings.size(),
                quoted(connection, appRole),
                OwnerColumn.of(connection).name());
        return findings.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** As SQL spells it: what is printed is there to be copied. */
    private static String quoted(Connection connection, String appRole) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select quote_ident(?)")) {
            statement.setString(1, appRole);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
