/** See {@link dev.latchkey.api.table}. */
@NullMarked
package dev.latchkey.api.receipts;

import org.jspecify.annotations.NullMarked;
