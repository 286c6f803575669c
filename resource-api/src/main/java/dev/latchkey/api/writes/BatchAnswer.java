package dev.latchkey.api.writes;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param repeated how many operations were known from before, and tell what was answered then
 * @param receipts in the order of the operations
 */
record BatchAnswer(boolean dryRun, long repeated, List<OpReceipt> receipts) {}
