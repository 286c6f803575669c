/** What the environment says, checked before anything starts. No defaults for what production must decide. */
@NullMarked
package dev.latchkey.api.settings;

import org.jspecify.annotations.NullMarked;
