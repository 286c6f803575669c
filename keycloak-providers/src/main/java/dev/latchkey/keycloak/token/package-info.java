/** What our token mappers have in common: how they look in the console, and how they refuse a token. No claim of its own lives here. */
@NullMarked
package dev.latchkey.keycloak.token;

import org.jspecify.annotations.NullMarked;
