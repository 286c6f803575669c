/**
 * What the prover works on: the tables of the live schema as the catalogue knows them, and a session that becomes admin, owner or nobody. Internal: no attack, no judgement here.
 */
@NullMarked
package dev.latchkey.rowsecurity.prover.world;

import org.jspecify.annotations.NullMarked;
