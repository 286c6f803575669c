/** {@code /v1/me}: what the token says about its bearer. Touches no database. */
@NullMarked
package dev.latchkey.api.me;

import org.jspecify.annotations.NullMarked;
