/** How a browser that is signed in gets to sign in as somebody else. What a sign-in means for accounts does not belong here. */
@NullMarked
package dev.latchkey.keycloak.choice;

import org.jspecify.annotations.NullMarked;
