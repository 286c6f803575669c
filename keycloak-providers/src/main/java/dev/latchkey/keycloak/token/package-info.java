/** What our token mappers have in common: how they look in the console, how they refuse a token, and that nothing else gets into one. */
@NullMarked
package dev.latchkey.keycloak.token;

import org.jspecify.annotations.NullMarked;
