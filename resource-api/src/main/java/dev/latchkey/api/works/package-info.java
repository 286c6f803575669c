/** {@code /v1/works}. The pattern for a table: entity, fields a client may set, table, controller. */
@NullMarked
package dev.latchkey.api.works;

import org.jspecify.annotations.NullMarked;
