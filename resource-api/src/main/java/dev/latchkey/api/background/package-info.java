/** The threads of what runs by the clock. What runs, and when, belongs to its feature. */
@NullMarked
package dev.latchkey.api.background;

import org.jspecify.annotations.NullMarked;
