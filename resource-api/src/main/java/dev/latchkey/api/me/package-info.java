/** {@code /v1/me}: what the token says about its bearer, and what the bearer changes of their profile in Keycloak. Touches no database. */
@NullMarked
package dev.latchkey.api.me;

import org.jspecify.annotations.NullMarked;
