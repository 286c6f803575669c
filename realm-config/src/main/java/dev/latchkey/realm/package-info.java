/**
 * The realm as declarative files (beside these classes on the class path), assembled into one, and applied to a running Keycloak. Knows no
 * local stack and makes no users: what a development realm has besides comes as an overlay from outside.
 */
@NullMarked
package dev.latchkey.realm;

import org.jspecify.annotations.NullMarked;
