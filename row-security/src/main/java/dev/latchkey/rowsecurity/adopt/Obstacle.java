package dev.latchkey.rowsecurity.adopt;

import java.util.Locale;

/** What an adoption refuses to begin with. Each is the resource {@code obstacle/<code>.sql}: columns object and remedy, no row if all is well. */
enum Obstacle {
    SERVER_VERSION(
            "Views with the rights of their reader, and foreign keys that empty some columns only, came with Postgres 15."),
    NO_RIGHT("Adopting changes it."),
    SCHEMA_TAKEN(
            "It is the application's own: PUBLIC would lose it, and its tables would be taken for row security's."),
    ROLE_UNSAFE("Row security does not hold this role, or it could switch it off."),
    TABLE_KIND("It is no table, or its indexes cannot be built concurrently, as it has parts or children."),
    TABLE_SHARED("Its rows would belong to one owner and to all."),
    OWNER_ID_TAKEN("The column means something already, and row security is not what fills it."),
    POLICY_TAKEN("Its rows are guarded in another way already, which would add to row security or weaken it."),
    USER_COLUMN_MISSING("Whose its rows are cannot be told."),
    KEY_KIND("The key cannot be built anew concurrently, beginning with owner_id."),
    KEY_DEPENDED_ON("The key cannot be dropped while something depends on it."),
    FOREIGN_KEY_OUTSIDE("A table that is adopted and one that is not would refer to each other's rows."),
    FOREIGN_KEY_KIND("The foreign key cannot begin with owner_id and mean the same."),
    NAME_TAKEN("Adopting would confuse it with its own work."),
    PUBLICATION_COLUMNS("Updates and deletes would fail: a column list has to hold the whole key.");

    private final String why;

    Obstacle(String why) {
        this.why = why;
    }

    String code() {
        return "adopt-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String why() {
        return why;
    }

    String resource() {
        return "obstacle/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".sql";
    }
}
