package dev.latchkey.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.admin.client.resource.ProtocolMappersResource;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;

/** Reconciles the mappers of one client scope: what is not declared is removed, because it would put claims into tokens. */
final class ProtocolMappers {

    private final ProtocolMappersResource mappers;
    private final String owner;
    private final Changes changes;

    ProtocolMappers(ProtocolMappersResource mappers, String owner, Changes changes) {
        this.mappers = mappers;
        this.owner = owner;
        this.changes = changes;
    }

    void reconcile(JsonNode declared) {
        Map<String, ProtocolMapperRepresentation> undeclared = mappers.getMappers().stream()
                .collect(Collectors.toMap(ProtocolMapperRepresentation::getName, Function.identity()));
        Map<String, ProtocolMapperRepresentation> current = new LinkedHashMap<>(undeclared);
        declared.forEach(mapper -> undeclared.remove(mapper.required("name").asText()));
        // First, because our own mappers refuse to stand twice in a scope and one may just have been renamed.
        undeclared.values().forEach(mapper -> {
            changes.removed(thing(mapper.getName()));
            mappers.delete(mapper.getId());
        });
        for (JsonNode mapper : declared) {
            String name = mapper.required("name").asText();
            ProtocolMapperRepresentation existing = current.get(name);
            if (existing == null) {
                changes.created(thing(name));
                Answer.check(mappers.createMapper(Difference.read(mapper, ProtocolMapperRepresentation.class)));
            } else {
                ObjectNode wantedMapper = Difference.withExactConfig(mapper, existing.getConfig());
                Difference.between(existing, wantedMapper, ProtocolMapperRepresentation.class)
                        .write(thing(name), changes, wanted -> mappers.update(existing.getId(), wanted));
            }
        }
    }

    private String thing(String name) {
        return "mapper '" + name + "' of " + owner;
    }
}
