package dev.latchkey.rowsecurity.prover.world;

import java.util.List;

/**
 * A check constraint.
 *
 * @param name as SQL
 * @param columns that it reads
 * @param expression what has to hold
 */
public record Check(String name, List<String> columns, String expression) {}
