/** How the API reaches the realm in Keycloak. What is asked of it belongs to the feature that asks. */
@NullMarked
package dev.latchkey.api.keycloak;

import org.jspecify.annotations.NullMarked;
