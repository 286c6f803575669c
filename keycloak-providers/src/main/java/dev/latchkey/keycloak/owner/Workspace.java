package dev.latchkey.keycloak.owner;

import java.util.Map;

/**
 * A workspace as somebody acts in it.
 *
 * @param id of Keycloak's organization; never changes
 * @param alias may be changed by an administrator
 */
record Workspace(String id, String alias, WorkspaceRole role) {

    /** The claim. */
    Map<String, String> claim() {
        return Map.of("id", id, "alias", alias, "role", role.claim());
    }
}
