/**
 * The migration: brings a Postgres server to the state that the changelogs describe, first as superuser (roles, databases), then as the
 * owner role (schema). Only this step has rights over the schema; nothing here may be used by the API at run time.
 */
@NullMarked
package dev.latchkey.liquibase;

import org.jspecify.annotations.NullMarked;
