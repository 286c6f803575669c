/** Who calls an endpoint of our own that no person calls. What is asked of it belongs to the feature. */
@NullMarked
package dev.latchkey.keycloak.caller;

import org.jspecify.annotations.NullMarked;
