package dev.latchkey.keycloak.owner;

import org.jspecify.annotations.Nullable;

/**
 * Whom a token acts for.
 *
 * @param workspace null for a person; else {@code id} is its id
 */
record Owner(OwnerId id, @Nullable Workspace workspace) {

    static Owner person(OwnerId id) {
        return new Owner(id, null);
    }

    static Owner workspace(Workspace workspace) {
        return new Owner(new OwnerId(workspace.id()), workspace);
    }
}
