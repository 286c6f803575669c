/**
 * What happens to an account whose e-mail nobody has confirmed, when the owner of the mailbox comes to it by a mail and not the way it was
 * made: everybody else is put out. Sign-ins through a broker do not belong here.
 */
@NullMarked
package dev.latchkey.keycloak.takeover;

import org.jspecify.annotations.NullMarked;
