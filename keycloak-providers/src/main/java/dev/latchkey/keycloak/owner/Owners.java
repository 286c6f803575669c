package dev.latchkey.keycloak.owner;

import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Finds the owner that was chosen. */
final class Owners {

    /** The user attribute; the realm's user profile lets admins alone edit it. For people whose rows are older than their account. */
    private static final String ATTRIBUTE = "owner_id";

    private Owners() {}

    /**
     * @return empty alike for a workspace that does not exist, one that is disabled, and one that the person is no member of
     * @throws IllegalArgumentException if the account's {@code owner_id} attribute has not the form of one
     */
    static Optional<Owner> find(KeycloakSession session, UserModel person, OwnerChoice choice) {
        if (choice.workspace() == null) {
            String attribute = person.getFirstAttribute(ATTRIBUTE);
            return Optional.of(Owner.person(new OwnerId(attribute == null ? person.getId() : attribute)));
        }
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        return Optional.ofNullable(organizations.getByAlias(choice.workspace()))
                .filter(organization -> organization.isEnabled() && organization.isMember(person))
                .map(organization -> Owner.workspace(new Workspace(
                        organization.getId(), organization.getAlias(), role(organizations, organization, person))));
    }

    private static WorkspaceRole role(
            OrganizationProvider organizations, OrganizationModel organization, UserModel member) {
        return WorkspaceRole.of(
                OrganizationGroups.EXIST ? OrganizationGroups.paths(organizations, organization, member) : Set.of());
    }
}
