package dev.latchkey.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;

/** Reconciles what belongs to the realm as a whole: its settings and the user profile. */
final class RealmSettings {

    /** What a realm representation holds besides, and what other classes reconcile; users are never touched. */
    private static final List<String> NOT_SETTINGS = List.of(
            "users",
            "clients",
            "clientScopes",
            "defaultDefaultClientScopes",
            "defaultOptionalClientScopes",
            "authenticationFlows",
            "authenticatorConfig",
            "identityProviders",
            "identityProviderMappers",
            Texts.KEY,
            "components");

    private final RealmResource realm;
    private final Changes changes;

    RealmSettings(RealmResource realm, Changes changes) {
        this.realm = realm;
        this.changes = changes;
    }

    void reconcile(Realm declared) {
        ObjectNode settings = declared.representation();
        settings.remove(NOT_SETTINGS);
        settings.withObject("attributes").remove(ClientScopes.CREATE_BUILT_IN);
        Difference.between(realm.toRepresentation(), settings, RealmRepresentation.class)
                .write("realm", changes, realm::update);
        reconcileUserProfile(declared.userProfile());
    }

    private void reconcileUserProfile(String declared) {
        var profiles = realm.users().userProfile();
        UPConfig wanted = Difference.read(declared, UPConfig.class);
        UPConfig current = profiles.getConfiguration();
        if (!Difference.JSON.valueToTree(wanted).equals(Difference.JSON.valueToTree(current))) {
            changes.updated("user profile", List.of("attributes"));
            profiles.update(wanted);
        }
    }
}
