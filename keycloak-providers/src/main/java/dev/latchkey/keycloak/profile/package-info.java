/**
 * The user profile: limits in bytes, the one endpoint through which a person's application changes what the person may change, and
 * claim {@code name}. Reading the rest of the profile does not belong here: Keycloak's own mappers put it into tokens.
 */
@NullMarked
package dev.latchkey.keycloak.profile;

import org.jspecify.annotations.NullMarked;
