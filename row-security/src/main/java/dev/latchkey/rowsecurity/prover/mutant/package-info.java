/**
 * Ways in which a migration could break row security, one class per family. A mutant is only SQL: whether it is noticed, others decide. Internal.
 */
@NullMarked
package dev.latchkey.rowsecurity.prover.mutant;

import org.jspecify.annotations.NullMarked;
