/**
 * Proves on a live schema that no owner reaches another's rows: tries it in every known way on rows of its own making, then breaks the schema on purpose and
 * wants to see that noticed. Everything happens in one transaction that is rolled back. JUnit is needed for the annotations only.
 */
@NullMarked
package dev.latchkey.rowsecurity.prover;

import org.jspecify.annotations.NullMarked;
