package dev.latchkey.rowsecurity.prover.world;

import java.util.List;

/**
 * A unique key or exclusion constraint on plain columns.
 *
 * @param name of the index, as SQL
 * @param primary whether it is the primary key
 */
public record Key(String name, boolean primary, List<String> columns) {}
