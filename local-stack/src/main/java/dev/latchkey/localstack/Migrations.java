package dev.latchkey.localstack;

import dev.latchkey.liquibase.Migration;
import dev.latchkey.liquibase.MigrationException;
import dev.latchkey.liquibase.MigrationSettings;
import dev.latchkey.rowsecurity.binding.BindingKey;

/** Brings the databases up to date, in this process. */
final class Migrations {

    private static final String PART = "Schema";

    private Migrations() {}

    static void apply(StackSettings settings, Postgres postgres, Progress progress) {
        Progress.Step step = progress.step(PART, "migrating");
        Secrets secrets = settings.secrets();
        MigrationSettings target = new MigrationSettings(
                postgres.jdbcUrl("latchkey"),
                "postgres",
                secrets.superuser(),
                secrets.owner(),
                secrets.app(),
                secrets.keycloakDatabase(),
                secrets.maintenance(),
                secrets.bindingKey().isEmpty() ? null : BindingKey.of(secrets.bindingKey()));
        try {
            new Migration(target, line -> step.tick("still migrating")).run();
        } catch (MigrationException e) {
            throw new StartFailure(
                    "The schema cannot be migrated: %s Its log: %s. If the kept data is worthless, `mvn -Pfresh` starts on empty data."
                            .formatted(e.getMessage(), settings.logs().resolve("stack.log")),
                    e);
        }
        step.done("up to date");
    }
}
