/**
 * Attempts of one owner at another's rows, one class per way, named by what has to hold. An attempt only says what is run; {@link
 * dev.latchkey.rowsecurity.prover.attack.Judge} decides. Internal: knows neither the doctor nor mutants.
 */
@NullMarked
package dev.latchkey.rowsecurity.prover.attack;

import org.jspecify.annotations.NullMarked;
