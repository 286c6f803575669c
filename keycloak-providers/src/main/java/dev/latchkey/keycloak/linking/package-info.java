/**
 * What a sign-in through a broker means for a realm: whose account it opens, when it makes a new one, when somebody has to prove an
 * existing account first, and when it ends with a page that says why. Talking to providers does not belong here.
 */
@NullMarked
package dev.latchkey.keycloak.linking;

import org.jspecify.annotations.NullMarked;
