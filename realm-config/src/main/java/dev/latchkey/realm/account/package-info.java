/**
 * Answers a lawful request: whose account an {@code actor_uid} belongs to, for whoever has the secret and may see a realm's users, and on
 * the record. Nothing here changes the realm.
 */
@NullMarked
package dev.latchkey.realm.account;

import org.jspecify.annotations.NullMarked;
