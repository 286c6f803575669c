package dev.latchkey.keycloak.owner;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;

/** What a member may do in a workspace; the highest comes first. */
enum WorkspaceRole {
    OWNER,
    ADMIN,
    MEMBER;

    /**
     * Keycloak's members have no roles, but an organization has groups of its own, which administrators see and fill in the console.
     *
     * @param groupPaths of the organization's groups that a member is in; only {@code /owner} and {@code /admin} count
     */
    static WorkspaceRole of(Collection<String> groupPaths) {
        return Stream.of(values())
                .filter(role -> groupPaths.contains("/" + role.claim()))
                .findFirst()
                .orElse(MEMBER);
    }

    String claim() {
        return name().toLowerCase(Locale.ROOT);
    }
}
