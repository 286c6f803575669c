package dev.latchkey.rowsecurity.prover.mutant;

import java.util.List;

/**
 * One break.
 *
 * @param name what is wrong, in words
 * @param sql plants it, run by a superuser
 */
public record Mutant(String name, List<String> sql) {

    static Mutant of(String name, String... sql) {
        return new Mutant(name, List.of(sql));
    }
}
