/** {@code /v1/annotations}: highlights, notes and rectangles in a work or one of its assets. */
@NullMarked
package dev.latchkey.api.annotations;

import org.jspecify.annotations.NullMarked;
