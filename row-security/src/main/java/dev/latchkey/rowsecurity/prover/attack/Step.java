package dev.latchkey.rowsecurity.prover.attack;

/**
 * One statement.
 *
 * @param input for {@code copy … from stdin}, else empty
 */
record Step(Actor actor, String sql, String input) {}
