package dev.latchkey.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientScopeRepresentation;

/** Reconciles the declared client scopes with their mappers. */
final class ClientScopes {

    /** Tells an import to make Keycloak's own client scopes beside the declared ones; it is not kept as an attribute. */
    static final String CREATE_BUILT_IN = "CreateDefaultClientScopes";

    private final RealmResource realm;
    private final Changes changes;

    ClientScopes(RealmResource realm, Changes changes) {
        this.realm = realm;
        this.changes = changes;
    }

    void reconcile(ObjectNode declared) {
        for (JsonNode scope : declared.path("clientScopes")) {
            reconcileOne((ObjectNode) scope);
        }
    }

    /** Ids by name. */
    static Map<String, String> ids(RealmResource realm) {
        return realm.clientScopes().findAll().stream()
                .collect(Collectors.toMap(ClientScopeRepresentation::getName, ClientScopeRepresentation::getId));
    }

    private void reconcileOne(ObjectNode scope) {
        String name = scope.required("name").asText();
        String thing = "client scope " + name;
        ObjectNode withoutMappers = scope.deepCopy();
        JsonNode mappers = withoutMappers.remove("protocolMappers");
        String id = ids(realm).get(name);
        if (id == null) {
            changes.created(thing);
            id = Answer.check(
                    realm.clientScopes().create(Difference.read(withoutMappers, ClientScopeRepresentation.class)));
        } else {
            var resource = realm.clientScopes().get(id);
            Difference.between(resource.toRepresentation(), withoutMappers, ClientScopeRepresentation.class)
                    .write(thing, changes, resource::update);
        }
        new ProtocolMappers(realm.clientScopes().get(id).getProtocolMappers(), thing, changes)
                .reconcile(mappers == null ? JsonNodeFactory.instance.arrayNode() : mappers);
    }
}
