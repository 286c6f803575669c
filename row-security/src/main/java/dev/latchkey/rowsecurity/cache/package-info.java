/** Keeps Spring's caches apart by owner. Knows no cache product and no SQL. */
@NullMarked
package dev.latchkey.rowsecurity.cache;

import org.jspecify.annotations.NullMarked;
