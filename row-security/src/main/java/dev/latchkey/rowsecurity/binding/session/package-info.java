/**
 * What statements leave on a session, and that no connection goes back to its pool with it. Knows SQL text, the catalogs and the
 * driver; nothing of owners and of binding belongs here.
 */
@NullMarked
package dev.latchkey.rowsecurity.binding.session;

import org.jspecify.annotations.NullMarked;
