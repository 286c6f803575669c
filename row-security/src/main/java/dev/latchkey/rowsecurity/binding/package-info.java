/**
 * The binder: a {@link javax.sql.DataSource} whose statements all run bound to the owner in scope, in the same network flush.
 * Knows JDBC and the Postgres driver; nothing of JPA, of Spring's transactions or of a table belongs here.
 */
@NullMarked
package dev.latchkey.rowsecurity.binding;

import org.jspecify.annotations.NullMarked;
