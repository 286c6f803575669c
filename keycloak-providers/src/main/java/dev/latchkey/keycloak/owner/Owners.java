package dev.latchkey.keycloak.owner;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Finds the id of the owner that was chosen. */
final class Owners {

    /** The user attribute; the realm's user profile lets admins alone edit it. For people whose rows are older than their account. */
    private static final String ATTRIBUTE = "owner_id";

    private Owners() {}

    /**
     * @return empty alike for a workspace that does not exist, one that is disabled, and one that the person is no member of
     * @throws IllegalArgumentException if the account's {@code owner_id} attribute has not the form of one
     */
    static Optional<OwnerId> find(KeycloakSession session, UserModel person, OwnerChoice choice) {
        if (choice.workspace() == null) {
            String attribute = person.getFirstAttribute(ATTRIBUTE);
            return Optional.of(new OwnerId(attribute == null ? person.getId() : attribute));
        }
        return Optional.ofNullable(
                        session.getProvider(OrganizationProvider.class).getByAlias(choice.workspace()))
                .filter(workspace -> workspace.isEnabled() && workspace.isMember(person))
                .map(workspace -> new OwnerId(workspace.getId()));
    }
}
