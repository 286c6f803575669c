/** A real Postgres and what the tests of all packages share. */
@NullMarked
package dev.latchkey.rowsecurity.testing;

import org.jspecify.annotations.NullMarked;
