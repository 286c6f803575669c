package dev.latchkey.api.sync;

/**
 * What the sync service takes, in the words of RFC 6749 §5.1.
 *
 * @param accessToken with audience {@code sync} alone
 * @param tokenType {@code Bearer}
 * @param expiresIn seconds
 */
record SyncToken(String accessToken, String tokenType, long expiresIn) {}
