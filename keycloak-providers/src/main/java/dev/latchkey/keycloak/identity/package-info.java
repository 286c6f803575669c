/**
 * The identity of record: the (provider, subject) pair from which a person's {@code actor_uid} derives, fixed at the first sign-in.
 * Linking and unlinking of providers does not belong here.
 */
@NullMarked
package dev.latchkey.keycloak.identity;

import org.jspecify.annotations.NullMarked;
