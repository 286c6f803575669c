/**
 * Claims {@code owner_id} and {@code workspace}: whom the rows belong to that a token reads and writes, a person or a workspace, and what
 * the person may do there. Making workspaces and inviting people into them does not belong here.
 */
@NullMarked
package dev.latchkey.keycloak.owner;

import org.jspecify.annotations.NullMarked;
