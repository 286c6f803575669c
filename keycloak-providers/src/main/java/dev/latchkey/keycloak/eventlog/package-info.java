/**
 * Keycloak's log of events, in the place of its own, which writes user ids, addresses, user names and e-mails. Events that others store or
 * send do not belong here.
 */
@NullMarked
package dev.latchkey.keycloak.eventlog;

import org.jspecify.annotations.NullMarked;
