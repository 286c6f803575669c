/** Pages of a list: size, opaque cursor, and the answer's shape. Knows no table. */
@NullMarked
package dev.latchkey.api.page;

import org.jspecify.annotations.NullMarked;
