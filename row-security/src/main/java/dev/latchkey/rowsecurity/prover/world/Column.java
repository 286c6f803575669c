package dev.latchkey.rowsecurity.prover.world;

/**
 * A column that a row can be given a value for.
 *
 * @param name as SQL, quoted where needed
 * @param type as SQL, with its modifier
 * @param category {@code pg_type.typcategory} of the type or of what its domain is over
 * @param notNull also by its domain
 * @param filled whether a default, an identity or NULL stands in for a value that is not given
 * @param settable whether UPDATE can give it a value: no GENERATED ALWAYS AS IDENTITY
 * @param rules check constraints of its domain and labels of its enum: literals to try stand in them
 */
public record Column(
        String name, String type, String category, boolean notNull, boolean filled, boolean settable, String rules) {}
