package dev.latchkey.rowsecurity.prover.world;

import java.util.List;

/**
 * A foreign key.
 *
 * @param name as SQL
 * @param parent the table it refers to, as SQL with its schema
 */
public record ForeignKey(String name, List<String> columns, String parent, List<String> parentColumns) {}
