/**
 * Measures the API from end to end, beside programs that are like it but for one thing. Nothing of it ships; nothing that ships depends on it.
 */
@NullMarked
package dev.latchkey.load;

import org.jspecify.annotations.NullMarked;
