package dev.latchkey.rowsecurity.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which database, and as whom: a mixin for every subcommand. A password is never an argument, because the process list shows those. */
final class ConnectionOptions {

    private static final String PASSWORD_VARIABLE = "PGPASSWORD";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description =
                    "jdbc:postgresql://host:port/database, postgresql://user@host:port/database, or host:port/database.")
    private String url = "";

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description = "The role to log in as; default: as the URL says, else PGUSER.")
    private @Nullable String user;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "The environment variable that holds the password; default: " + PASSWORD_VARIABLE
                    + ", else what ~/.pgpass says.")
    private @Nullable String passwordVariable;

    @Option(names = "--password", interactive = true, arity = "0", description = "Ask for the password.")
    private char @Nullable [] password;

    /**
     * A new connection, which the caller closes.
     *
     * @throws ParameterException if the options make no address, or name a variable that is not set
     * @throws SQLException if the database does not let us in
     */
    Connection connect() throws SQLException {
        DatabaseUrl address = address();
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", command.qualifiedName());
        properties.setProperty("connectTimeout", "10");
        put(properties, "user", firstOf(user, address.user(), System.getenv("PGUSER")));
        put(properties, "password", password());
        return DriverManager.getConnection(address.jdbc(), properties);
    }

    private DatabaseUrl address() {
        try {
            return DatabaseUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--url: " + e.getMessage(), e);
        }
    }

    private @Nullable String password() {
        if (password != null) {
            return new String(password);
        }
        String variable = firstOf(passwordVariable, PASSWORD_VARIABLE);
        String value = variable == null ? null : System.getenv(variable);
        if (value == null && passwordVariable != null) {
            throw new ParameterException(
                    command.commandLine(), "--password-env: the environment has no " + passwordVariable);
        }
        return value;
    }

    private static @Nullable String firstOf(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    private static void put(Properties properties, String key, @Nullable String value) {
        if (value != null) {
            properties.setProperty(key, value);
        }
    }
}
