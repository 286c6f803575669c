/**
 * What all tables have in common: a row, the fields that a client may set, the view that is shown, the list and its filters, the seven
 * operations, many rows at once. Knows no table. How a table uses it: docs/how-to/add-a-table.md.
 */
@NullMarked
package dev.latchkey.api.table;

import org.jspecify.annotations.NullMarked;
