package dev.latchkey.liquibase;

import java.util.function.Consumer;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** One line for each changeset, and the name of the one that was under way. */
final class ProgressListener extends AbstractChangeExecListener {

    private final Consumer<String> progress;
    private @Nullable String current;

    ProgressListener(Consumer<String> progress) {
        this.progress = progress;
    }

    String lastChangeSet(String orElse) {
        return current == null ? orElse : current;
    }

    @Override
    public void willRun(
            ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, ChangeSet.RunStatus runStatus) {
        current = name(changeSet);
    }

    @Override
    public void ran(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, ChangeSet.ExecType execType) {
        progress.accept("  " + name(changeSet));
    }

    @Override
    public void willRollback(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database) {
        current = name(changeSet);
    }

    private static String name(ChangeSet changeSet) {
        String path = changeSet.getFilePath();
        return path.substring(path.lastIndexOf('/') + 1) + ": " + changeSet.getId();
    }
}
