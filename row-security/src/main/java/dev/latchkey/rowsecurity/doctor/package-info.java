/**
 * The doctor: reads the catalogue as the application's own role and tells everything by which row security could be passed by. One lint is one
 * query under {@code lint/} in this package's resources. Nothing here changes a database.
 */
@NullMarked
package dev.latchkey.rowsecurity.doctor;

import org.jspecify.annotations.NullMarked;
