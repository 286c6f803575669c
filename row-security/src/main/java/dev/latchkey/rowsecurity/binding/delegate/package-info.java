/**
 * The JDBC interfaces, spelled out once so that the classes with the logic stay small. Nothing here decides anything. Unmarked for
 * null because JDBC does not say what may be null.
 */
@NullUnmarked
package dev.latchkey.rowsecurity.binding.delegate;

import org.jspecify.annotations.NullUnmarked;
