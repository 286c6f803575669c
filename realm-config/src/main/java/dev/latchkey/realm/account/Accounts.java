package dev.latchkey.realm.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The accounts of a realm, searched one by one: nothing but the secret leads from an {@code actor_uid} back to one of them. */
final class Accounts {

    private static final String IDENTITY_OF_RECORD = "identity_of_record";
    private static final int PAGE = 500;

    private final RealmResource realm;

    Accounts(RealmResource realm) {
        this.realm = realm;
    }

    /** The Keycloak user id. An account that never got a token has no {@code actor_uid}. */
    Optional<String> find(String actorUid, ActorKey key) {
        for (int first = 0; ; first += PAGE) {
            List<UserRepresentation> page = realm.users().list(first, PAGE);
            for (UserRepresentation person : page) {
                if (isIt(person, actorUid, key)) {
                    return Optional.of(person.getId());
                }
            }
            if (page.size() < PAGE) {
                return ofService(actorUid, key);
            }
        }
    }

    /** Accounts of services are not among a realm's users. */
    private Optional<String> ofService(String actorUid, ActorKey key) {
        return realm.clients().findAll().stream()
                .filter(ClientRepresentation::isServiceAccountsEnabled)
                .filter(client -> key.derives(actorUid, "client:" + client.getClientId()))
                .map(client -> realm.clients()
                        .get(client.getId())
                        .getServiceAccountUser()
                        .getId())
                .findFirst();
    }

    private static boolean isIt(UserRepresentation person, String actorUid, ActorKey key) {
        Map<String, List<String>> attributes = person.getAttributes();
        return attributes != null
                && attributes.getOrDefault(IDENTITY_OF_RECORD, List.of()).stream()
                        .anyMatch(identity -> key.derives(actorUid, identity));
    }
}
