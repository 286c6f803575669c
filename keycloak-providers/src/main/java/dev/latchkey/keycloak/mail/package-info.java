/**
 * Mail to people about what the resource server has done for them. Addresses stay in Keycloak: whoever asks for a mail names an account and
 * learns nothing of it. Texts that a caller writes do not belong here.
 */
@NullMarked
package dev.latchkey.keycloak.mail;

import org.jspecify.annotations.NullMarked;
