/**
 * Signing in with a token that an app already holds from a provider, as a grant of the token endpoint. Deciding whether such a person is
 * found, linked or created does not belong here: the broker's own login flow does that, as in the hosted login.
 */
@NullMarked
package dev.latchkey.keycloak.exchange;

import org.jspecify.annotations.NullMarked;
