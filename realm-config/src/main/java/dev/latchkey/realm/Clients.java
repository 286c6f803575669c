package dev.latchkey.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;

/** Reconciles the declared clients and exactly which scopes they may ask for. */
final class Clients {

    private static final String DEFAULT = "defaultClientScopes";
    private static final String OPTIONAL = "optionalClientScopes";

    private final RealmResource realm;
    private final Changes changes;

    Clients(RealmResource realm, Changes changes) {
        this.realm = realm;
        this.changes = changes;
    }

    void reconcile(ObjectNode declared) {
        Map<String, String> scopeIds = ClientScopes.ids(realm);
        for (JsonNode client : declared.path("clients")) {
            reconcileOne((ObjectNode) client, scopeIds);
        }
    }

    private void reconcileOne(ObjectNode client, Map<String, String> scopeIds) {
        String clientId = client.required("clientId").asText();
        String thing = "client " + clientId;
        List<ClientRepresentation> found = realm.clients().findByClientId(clientId);
        if (found.isEmpty()) {
            changes.created(thing);
            Answer.check(realm.clients().create(Difference.read(client, ClientRepresentation.class)));
            return;
        }
        ClientRepresentation current = found.get(0);
        ClientResource resource = realm.clients().get(current.getId());
        // An update ignores scopes: they are assigned one by one.
        ObjectNode withoutScopes = client.deepCopy();
        withoutScopes.remove(List.of(DEFAULT, OPTIONAL));
        Difference.between(current, withoutScopes, ClientRepresentation.class).write(thing, changes, resource::update);

        Set<String> wantedDefault = names(client.path(DEFAULT));
        Set<String> wantedOptional = names(client.path(OPTIONAL));
        Set<String> currentDefault = names(resource.getDefaultClientScopes());
        Set<String> currentOptional = names(resource.getOptionalClientScopes());
        String scopeOf = " scope of " + thing + ": ";
        // Both removals come first: a scope cannot be default and optional at once.
        each(without(currentDefault, wantedDefault), name -> {
            changes.removed("default" + scopeOf + name);
            resource.removeDefaultClientScope(scopeIds.get(name));
        });
        each(without(currentOptional, wantedOptional), name -> {
            changes.removed("optional" + scopeOf + name);
            resource.removeOptionalClientScope(scopeIds.get(name));
        });
        each(without(wantedDefault, currentDefault), name -> {
            changes.created("default" + scopeOf + name);
            resource.addDefaultClientScope(scopeIds.get(name));
        });
        each(without(wantedOptional, currentOptional), name -> {
            changes.created("optional" + scopeOf + name);
            resource.addOptionalClientScope(scopeIds.get(name));
        });
    }

    private static void each(Set<String> names, Consumer<String> change) {
        names.forEach(change);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Set<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static Set<String> names(List<ClientScopeRepresentation> scopes) {
        return scopes.stream().map(ClientScopeRepresentation::getName).collect(Collectors.toSet());
    }
}
