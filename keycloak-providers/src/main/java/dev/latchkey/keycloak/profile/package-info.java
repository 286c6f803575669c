/**
 * The user profile: limits in bytes, and the one endpoint through which a person's application changes what the person may change.
 * Reading the profile does not belong here: tokens carry it.
 */
@NullMarked
package dev.latchkey.keycloak.profile;

import org.jspecify.annotations.NullMarked;
