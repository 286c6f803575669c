/** {@code /v1/settings}: one document for each owner, which an application fills as it likes. */
@NullMarked
package dev.latchkey.api.ownersettings;

import org.jspecify.annotations.NullMarked;
