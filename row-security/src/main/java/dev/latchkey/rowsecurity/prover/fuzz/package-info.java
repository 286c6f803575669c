/**
 * The differential fuzzer: random statements of one owner, made from the live catalogue, run once under row security beside another owner's rows and once without both. Internal: it
 * decides nothing about the schema itself, and only {@link dev.latchkey.rowsecurity.prover.fuzz.Fuzzer} is for others.
 */
@NullMarked
package dev.latchkey.rowsecurity.prover.fuzz;

import org.jspecify.annotations.NullMarked;
