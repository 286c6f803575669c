package dev.latchkey.keycloak.owner;

import dev.latchkey.keycloak.version.ByName;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.organization.OrganizationProvider;

/** Groups that belong to an organization. Keycloak has them since 26.7: without them, everybody in a workspace is a member and no more. */
final class OrganizationGroups {

    /** Whether this Keycloak has any. */
    static final boolean EXIST = ByName.has(OrganizationProvider.class, "getOrganizationGroupsByMember");

    private OrganizationGroups() {}

    /** Not to be asked where there are none. */
    static Set<String> paths(OrganizationProvider organizations, OrganizationModel organization, UserModel member) {
        return organizations
                .getOrganizationGroupsByMember(organization, member)
                .map(KeycloakModelUtils::buildGroupPath)
                .collect(Collectors.toSet());
    }
}
