/** {@code /v1/audit}: what was done to an owner's rows. Reads only: the database writes the trail. */
@NullMarked
package dev.latchkey.api.audit;

import org.jspecify.annotations.NullMarked;
