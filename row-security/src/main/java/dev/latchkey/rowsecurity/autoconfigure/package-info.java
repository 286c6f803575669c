/** Spring Boot wiring: the dependency alone switches row security on. No decision is taken here. */
@NullMarked
package dev.latchkey.rowsecurity.autoconfigure;

import org.jspecify.annotations.NullMarked;
