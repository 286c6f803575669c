/** RFC 9457 problem details: every code, one factory, and every way out that an error can take. Knows no feature. */
@NullMarked
package dev.latchkey.api.problem;

import org.jspecify.annotations.NullMarked;
