/**
 * Invents rows for tables that nobody described: literals to try come from types and constraints, and Postgres itself says which of them hold. Internal: knows no attack.
 */
@NullMarked
package dev.latchkey.rowsecurity.prover.rows;

import org.jspecify.annotations.NullMarked;
