package dev.latchkey.journey;

import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.OrganizationGroupResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** People and workspaces of realm {@code latchkey} that an administrator makes, changes and removes. */
final class Members {

    static final String PASSWORD = "correct horse battery";

    private final RealmResource realm;

    Members(StackSettings settings) {
        realm = Keycloak.getInstance(
                        settings.keycloakUrl(),
                        "master",
                        Secrets.ADMIN,
                        settings.secrets().admin(),
                        "admin-cli")
                .realm("latchkey");
    }

    /** Somebody whom no other test knows. */
    static String newName() {
        return "person-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Returns the id of an account with {@link #PASSWORD} and a verified e-mail. */
    String person(String name) {
        return person(name, person -> {});
    }

    String person(String name, String email) {
        return person(name, person -> person.setEmail(email));
    }

    /** Made so from the start: a token of the second in which an account is changed later would be refused as stale. */
    String person(String name, Consumer<UserRepresentation> more) {
        UserRepresentation person = new UserRepresentation();
        person.setUsername(name);
        person.setEmail(name + "@example.test");
        person.setEmailVerified(true);
        person.setEnabled(true);
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(PASSWORD);
        person.setCredentials(List.of(password));
        more.accept(person);
        return CreatedResponseUtil.getCreatedId(realm.users().create(person));
    }

    /** Returns the id. */
    String workspace(String alias) {
        OrganizationRepresentation workspace = new OrganizationRepresentation();
        workspace.setName(alias);
        workspace.setAlias(alias);
        workspace.addDomain(new OrganizationDomainRepresentation(UUID.randomUUID() + ".test"));
        return CreatedResponseUtil.getCreatedId(realm.organizations().create(workspace));
    }

    void join(String workspaceId, String personId) {
        realm.organizations().get(workspaceId).members().addMember(personId).close();
    }

    void leave(String workspaceId, String personId) {
        realm.organizations()
                .get(workspaceId)
                .members()
                .member(personId)
                .delete()
                .close();
    }

    /**
     * Makes a group of the workspace, as administrators do to give roles, and returns its id.
     *
     * @param parentId null for a group at the top
     */
    String group(String workspaceId, @Nullable String parentId, String name) {
        GroupRepresentation group = new GroupRepresentation();
        group.setName(name);
        var groups = realm.organizations().get(workspaceId).groups();
        return CreatedResponseUtil.getCreatedId(
                parentId == null
                        ? groups.addTopLevelGroup(group)
                        : groups.group(parentId).addSubGroup(group));
    }

    OrganizationGroupResource group(String workspaceId, String groupId) {
        return realm.organizations().get(workspaceId).groups().group(groupId);
    }

    UserRepresentation of(String personId) {
        return realm.users().get(personId).toRepresentation();
    }

    void change(String personId, Consumer<UserRepresentation> change) {
        UserRepresentation person = of(personId);
        change.accept(person);
        realm.users().get(personId).update(person);
    }

    RealmResource realm() {
        return realm;
    }
}
