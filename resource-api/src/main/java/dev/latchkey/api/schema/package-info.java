/** Whether the database is the one that this build was made for. What its tables hold, and how they are protected, does not belong here. */
@NullMarked
package dev.latchkey.api.schema;

import org.jspecify.annotations.NullMarked;
