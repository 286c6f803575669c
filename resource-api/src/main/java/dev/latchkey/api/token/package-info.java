/** Which access tokens are accepted, with which proof of their key, where their keys come from, and whose rows they open. Touches no database. */
@NullMarked
package dev.latchkey.api.token;

import org.jspecify.annotations.NullMarked;
