package dev.latchkey.rowsecurity.adopt;

import java.util.Locale;

/**
 * Every kind of step, in the order in which they are done. Each is the resource {@code step/<name>.sql}: columns object, work, statements and undo.
 *
 * <p>First everything new is made beside what is there; only then what was there before goes. The way back is the reverse order, and mirrors that:
 * {@link #KEY_BEFORE} makes the old key's index again, {@link #FOREIGN_KEY} puts the old foreign key beside the new one, and {@link #KEY_BACK} swaps the
 * keys once the new foreign keys are gone.
 */
enum StepKind {
    ROLE(Stage.OBSERVE),
    APP_GRANTS(Stage.OBSERVE),
    OWNER_ID(Stage.OBSERVE),
    BACK_FILL(Stage.OBSERVE),
    CHECKS(Stage.OBSERVE),
    VALIDATE_CHECKS(Stage.OBSERVE),
    NOT_NULL(Stage.OBSERVE),
    OWNED_KEY(Stage.OBSERVE),
    OWNED_INDEX(Stage.OBSERVE),
    KEY_BACK(Stage.OBSERVE),
    OWNED_FOREIGN_KEY(Stage.OBSERVE),
    VALIDATE_FOREIGN_KEY(Stage.OBSERVE),
    OBSERVE(Stage.OBSERVE),
    FOREIGN_KEY_BACK(Stage.ENFORCE),
    FOREIGN_KEY(Stage.ENFORCE),
    KEY_BEFORE(Stage.ENFORCE),
    KEY(Stage.ENFORCE),
    VIEW(Stage.ENFORCE),
    SHARED(Stage.ENFORCE),
    PROTECT(Stage.ENFORCE),
    EVERYBODY(Stage.ENFORCE);

    private final Stage stage;

    StepKind(Stage stage) {
        this.stage = stage;
    }

    Stage stage() {
        return stage;
    }

    String resource() {
        return "step/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".sql";
    }
}
