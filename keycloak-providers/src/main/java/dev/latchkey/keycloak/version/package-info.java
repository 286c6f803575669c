/**
 * What differs between the versions of Keycloak that the jar runs on, so that nothing else has to ask which one it is. Features of ours do
 * not belong here.
 */
@NullMarked
package dev.latchkey.keycloak.version;

import org.jspecify.annotations.NullMarked;
