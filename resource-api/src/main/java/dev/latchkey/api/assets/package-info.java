/** {@code /v1/assets}: files of a work. */
@NullMarked
package dev.latchkey.api.assets;

import org.jspecify.annotations.NullMarked;
