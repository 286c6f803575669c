/**
 * Claim {@code actor_uid}: a pseudonym of the person acting, computed with a secret key over the identity of record. The secret never
 * stands in the realm.
 */
@NullMarked
package dev.latchkey.keycloak.actor;

import org.jspecify.annotations.NullMarked;
