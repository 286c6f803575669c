package dev.latchkey.rowsecurity.prover.fuzz;

/** A column as an expression. */
record Term(String sql, Attribute attribute) {}
