/**
 * Stands in for Google and GitHub as they look from Keycloak: the same addresses, parameters and answers, with sample
 * persons instead of a sign-in. Strict where the real ones are (client, redirect address, one-time codes) and where we
 * want to notice that something is missing (PKCE).
 *
 * <p>Knows nothing of Keycloak or of the rest of the stack.
 */
@NullMarked
package dev.latchkey.localstack.social;

import org.jspecify.annotations.NullMarked;
