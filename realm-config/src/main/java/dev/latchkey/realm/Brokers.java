package dev.latchkey.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.keycloak.admin.client.resource.IdentityProviderResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** Reconciles the declared brokers and their mappers. A broker is never deleted: that would take people's links with it. */
final class Brokers {

    private final RealmResource realm;
    private final Changes changes;

    Brokers(RealmResource realm, Changes changes) {
        this.realm = realm;
        this.changes = changes;
    }

    void reconcile(ObjectNode declared) {
        Map<String, IdentityProviderRepresentation> current = realm.identityProviders().findAll().stream()
                .collect(Collectors.toMap(IdentityProviderRepresentation::getAlias, Function.identity()));
        for (JsonNode broker : declared.path("identityProviders")) {
            String alias = broker.required("alias").asText();
            IdentityProviderRepresentation existing = current.get(alias);
            IdentityProviderResource resource = realm.identityProviders().get(alias);
            if (existing == null) {
                changes.created(thing(alias));
                Answer.check(realm.identityProviders()
                        .create(Difference.read(broker, IdentityProviderRepresentation.class)));
            } else {
                requireSameType(existing, broker.required("providerId").asText());
                Difference.between(
                                existing,
                                Difference.withExactConfig(broker, existing.getConfig()),
                                IdentityProviderRepresentation.class)
                        .write(thing(alias), changes, resource::update);
            }
            List<JsonNode> mappers = StreamSupport.stream(
                            declared.path("identityProviderMappers").spliterator(), false)
                    .filter(mapper ->
                            mapper.path("identityProviderAlias").asText().equals(alias))
                    .toList();
            reconcileMappers(alias, resource, mappers);
        }
    }

    /** Keycloak answers 204 to a change of type and ignores it. */
    private static void requireSameType(IdentityProviderRepresentation existing, String wanted) {
        if (!existing.getProviderId().equals(wanted)) {
            throw new RealmException(
                    "Broker %s is of type '%s' and Keycloak cannot make it '%s': delete it in the admin console, which also removes people's links to it, or start with empty data"
                            .formatted(existing.getAlias(), existing.getProviderId(), wanted));
        }
    }

    private void reconcileMappers(String alias, IdentityProviderResource broker, List<JsonNode> declared) {
        Map<String, IdentityProviderMapperRepresentation> undeclared = broker.getMappers().stream()
                .collect(Collectors.toMap(IdentityProviderMapperRepresentation::getName, Function.identity()));
        for (JsonNode mapper : declared) {
            String name = mapper.required("name").asText();
            IdentityProviderMapperRepresentation existing = undeclared.remove(name);
            if (existing == null) {
                changes.created(thing(alias, name));
                Answer.check(broker.addMapper(Difference.read(mapper, IdentityProviderMapperRepresentation.class)));
            } else {
                ObjectNode wantedMapper = Difference.withExactConfig(mapper, existing.getConfig());
                Difference.between(existing, wantedMapper, IdentityProviderMapperRepresentation.class)
                        .write(thing(alias, name), changes, wanted -> broker.update(existing.getId(), wanted));
            }
        }
        // A mapper that nobody declared could write what only admins may.
        undeclared.values().forEach(mapper -> {
            changes.removed(thing(alias, mapper.getName()));
            broker.delete(mapper.getId());
        });
    }

    private static String thing(String alias) {
        return "broker " + alias;
    }

    private static String thing(String alias, String mapper) {
        return "mapper '" + mapper + "' of broker " + alias;
    }
}
