package dev.latchkey.rowsecurity.doctor;

import java.util.Locale;

/**
 * What the doctor looks for, in the order in which the findings are best mended. The query of each is the resource {@code lint/<code>.sql}: columns object and remedy, no row if all is
 * well.
 */
enum Lint {
    ROLE_SUPERUSER("Row security does not apply to a superuser."),
    ROLE_BYPASSES_RLS("Row security does not apply to a role with BYPASSRLS."),
    ROLE_ELEVATED("REPLICATION reads every row, CREATEROLE and CREATEDB make a way around the grants."),
    ROLE_MEMBER_ELEVATED("The login role can become a role to which row security or the grants do not apply."),
    ROLE_MEMBER_OF_OWNER("The login role can become the owner, who can switch row security off."),
    ROLE_OWNS("Who owns an object can change it, and hand it on."),
    AMBIENT_OWNER("Every connection would start bound to one owner: a forgotten binding would not be noticed."),
    ROLE_SETTING("Every session of the role would start as somebody else, or without foreign keys and triggers."),
    PARAMETER_GRANT("The login role could switch off what only a superuser may, foreign keys and triggers among it."),
    EVENT_TRIGGER("It runs at every login and could bind an owner before the application does."),
    DEFAULT_PRIVILEGES("What is made later is granted at once, before anybody has protected it."),
    DATABASE_GRANT("A temporary table outlives its transaction and knows no owner; a new schema could hold anything."),
    SCHEMA_CREATE("The login role could make tables and functions that nobody protects."),
    LARGE_OBJECTS("Large objects know no owner."),
    DEFINER_FUNCTION("A SECURITY DEFINER function runs with the rights of its owner, not of the caller."),
    UNTRUSTED_FUNCTION("Its language can read the server's files and memory, and with them every row."),
    SERVER_FUNCTION(
            "It reads files, other databases, raw pages or others' statements, where row security does not apply."),
    LEAKPROOF_FUNCTION("It is evaluated before the policies, on every owner's rows, and could tell what it is given."),
    CATALOGUE_GRANT("Postgres keeps it from PUBLIC: it holds values, passwords or objects of everybody."),
    FOREIGN_SERVER("It leads to where row security does not apply, as somebody else, back into this database even."),
    OWNER_SWITCHED("It changes whose rows the transaction works on, behind the application's back."),
    CURRENT_OWNER_MISSING("Without it no policy knows whose rows to show."),
    CURRENT_OWNER_VOLATILITY(
            "If IMMUTABLE, a cached plan shows one owner's rows to another; if VOLATILE, it runs for every row."),
    CURRENT_OWNER_SEARCH_PATH("Without a pinned search_path, the caller decides what the function calls."),
    CURRENT_OWNER_DEFINITION("It is not the function that ships with row-security: whom it names is unknown."),
    BINDING_KEY("Who reads or adds a key of signed bindings can sign for anybody."),
    OWNER_ID_TYPE("Only a plain text column compares with the bound owner as the policy is written."),
    OWNER_ID_NULLABLE("A row without an owner is nobody's, and cannot be deleted by anybody."),
    OWNER_ID_DEFAULT("The application does not name the owner: the database has to fill it in."),
    FOREIGN_KEY("A reference to somebody else's row would succeed, and tell that it exists."),
    PRIMARY_KEY("A key violation would tell that somebody else's row exists."),
    UNIQUE_KEY("A unique violation would tell that somebody else's row exists."),
    INDEX_MISSING("Every query is filtered by owner_id and would read the whole table."),
    OWNER_ID_CHECK("An empty owner_id would be accepted, and '' is what a setting reads after its transaction."),
    TABLE_UNDECLARED(
            "It has no owner_id and is not declared as shared: everybody shares its rows, perhaps unintended."),
    TABLE_UNPROTECTED("It has an owner_id but no row security: everybody reaches every row."),
    RLS_DISABLED("Its policies have no effect while row level security is off."),
    RLS_NOT_FORCED("The table's owner, and functions that run as the owner, would see every row."),
    POLICY_MISSING(
            "The standard policy (for all, using and with check owner_id = (select app.current_owner())) is not there."),
    POLICY_UNDECLARED("A further permissive policy lets more rows through than the owner's own."),
    TABLE_GRANT(
            "TRUNCATE ignores row security, REFERENCES and TRIGGER reach rows past it; PUBLIC is every role, and a grant option hands rights on."),
    SEQUENCE_GRANT("SELECT tells how many rows everybody has made, and UPDATE sets the next number for all."),
    RULE("It rewrites statements, and what it adds runs with the rights of the table's owner."),
    VIEW_DEFINER("A view reads with the rights of its owner: other owners' rows show through."),
    MATERIALIZED_VIEW("A materialized view holds rows of all owners and cannot have policies."),
    FOREIGN_TABLE("A foreign table cannot have policies."),
    CHILD_TABLE("A partition or child is not guarded by its parent's policy, nor its rows in a parent that has none.");

    private final String why;

    Lint(String why) {
        this.why = why;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String why() {
        return why;
    }
}
