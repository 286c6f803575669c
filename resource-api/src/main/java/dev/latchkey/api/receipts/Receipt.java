package dev.latchkey.api.receipts;

/**
 * What was answered.
 *
 * @param key 1 to 128 characters, by which it is asked for again
 * @param fingerprint of what was asked for, see {@link Fingerprint}
 * @param json the answer
 */
public record Receipt(String key, String fingerprint, String json) {}
