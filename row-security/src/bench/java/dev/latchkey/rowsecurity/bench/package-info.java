/** {@code mvn -Pbench}: what row security costs, as ratios of pairs that ran interleaved in one run. Nothing here ships. */
@NullMarked
package dev.latchkey.rowsecurity.bench;

import org.jspecify.annotations.NullMarked;
