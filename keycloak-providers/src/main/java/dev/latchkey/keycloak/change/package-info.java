/**
 * Whose account an administrator has changed lately, told to the resource server, so that no token outlives such a change by more than a
 * minute. What was changed does not belong here.
 */
@NullMarked
package dev.latchkey.keycloak.change;

import org.jspecify.annotations.NullMarked;
