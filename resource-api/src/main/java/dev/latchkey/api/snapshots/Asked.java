package dev.latchkey.api.snapshots;

import org.jspecify.annotations.Nullable;

/**
 * A request that is done once, as far as it makes a difference.
 *
 * @param path of its address
 * @param what the body asks for; null for none
 */
record Asked(String path, @Nullable Object what) {}
