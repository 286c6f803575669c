/**
 * What was answered, kept with the change it was answered to, so that asking again changes nothing: operations of a batch by their
 * {@code op_id}, requests by their {@code Idempotency-Key}. Knows no table and no request.
 */
@NullMarked
package dev.latchkey.api.receipts;

import org.jspecify.annotations.NullMarked;
