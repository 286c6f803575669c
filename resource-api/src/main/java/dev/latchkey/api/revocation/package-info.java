/**
 * Tokens that are refused before they expire, because an administrator has changed the account since. Learnt from Keycloak in the
 * background: no request waits for it, and while Keycloak is away tokens go on working.
 */
@NullMarked
package dev.latchkey.api.revocation;

import org.jspecify.annotations.NullMarked;
