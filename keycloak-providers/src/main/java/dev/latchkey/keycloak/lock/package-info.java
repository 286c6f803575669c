/** Taking turns: what to do with the turn does not belong here. */
@NullMarked
package dev.latchkey.keycloak.lock;

import org.jspecify.annotations.NullMarked;
