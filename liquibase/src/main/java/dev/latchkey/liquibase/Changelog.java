package dev.latchkey.liquibase;

import java.sql.Connection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.changelog.FastCheckService;
import liquibase.command.CommandScope;
import liquibase.command.core.RollbackCountCommandStep;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.ChangeExecListenerCommandStep;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** One changelog and the tables, in schema {@code liquibase}, that remember how far it has run. */
enum Changelog {
    /** Run by the superuser. */
    ROLES("db/changelog/roles.sql", "roleschangelog"),
    /** Run by {@code latchkey_owner}. */
    MAIN("db/changelog/main.xml", "databasechangelog");

    static final String SCHEMA = "liquibase";

    // java.util.logging forgets the level of a logger that nobody holds.
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    private final String file;
    private final String table;

    Changelog(String file, String table) {
        this.file = file;
        this.table = table;
    }

    /** Runs what has not run yet. The caller sees to it that nobody else migrates meanwhile. */
    void update(Connection connection, Consumer<String> progress) {
        run(connection, UpdateCommandStep.COMMAND_NAME, Map.of(), progress);
    }

    /** Takes back the latest changesets, as many as {@code count}. */
    void rollback(Connection connection, int count, Consumer<String> progress) {
        var arguments = Map.<String, Object>of(RollbackCountCommandStep.COUNT_ARG.getName(), count);
        run(connection, RollbackCountCommandStep.COMMAND_NAME, arguments, progress);
    }

    private void run(
            Connection connection, String[] commandName, Map<String, Object> arguments, Consumer<String> progress) {
        LIQUIBASE.setLevel(Level.WARNING);
        var listener = new ProgressListener(progress);
        Map<String, Object> scope = Map.of(
                Scope.Attr.resourceAccessor.name(),
                new ClassLoaderResourceAccessor(getClass().getClassLoader()),
                Scope.Attr.ui.name(),
                new LoggerUIService(),
                // Called from another module, this jar's manifest finds row-security a second time, in lib/.
                GlobalConfiguration.DUPLICATE_FILE_MODE.getKey(),
                GlobalConfiguration.DuplicateFileMode.SILENT,
                AnalyticsArgs.ENABLED.getKey(),
                false);
        try {
            Scope.child(scope, () -> {
                Database database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                database.setLiquibaseSchemaName(SCHEMA);
                database.setDatabaseChangeLogTableName(table);
                database.setDatabaseChangeLogLockTableName(table + "lock");
                // Liquibase remembers by address, for the life of the JVM, that nothing is to do: not so after the data
                // was removed.
                Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
                // A killed migration leaves its row lock behind; the advisory lock says that none is running.
                LockServiceFactory.getInstance().getLockService(database).forceReleaseLock();
                var command = new CommandScope(commandName);
                arguments.forEach(command::addArgumentValue);
                command.addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                        .addArgumentValue(DatabaseChangelogCommandStep.CHANGELOG_FILE_ARG, file)
                        .addArgumentValue(ChangeExecListenerCommandStep.CHANGE_EXEC_LISTENER_ARG, listener)
                        .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                        .execute();
            });
        } catch (Exception e) {
            throw new MigrationException(
                    "Changeset %s failed: %s".formatted(listener.lastChangeSet(file), OneLine.of(e)), e);
        }
    }
}
