/**
 * Keycloak's own providers {@code google} and {@code github}, mended where they say more to the log than they should, less to the person,
 * or believe more than was said. What a brokered identity means for a realm does not belong here.
 */
@NullMarked
package dev.latchkey.keycloak.upstream;

import org.jspecify.annotations.NullMarked;
