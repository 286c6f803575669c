package dev.latchkey.localstack.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.realm.Realm;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * The declared realm under a name of its own, with people who have a password; or the same without anything of our providers. Both are on one
 * server, so that nothing else differs: not the process, its compiled code, its caches, its database.
 */
final class BenchRealm {

    static final String REDIRECT_URI = "http://localhost:1/";

    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchRealm() {}

    static void createOurs(Keycloak admin, String name, int people) {
        create(admin, declared(name), people);
    }

    static void createPlain(Keycloak admin, String name, int people) {
        ObjectNode realm = declared(name);
        removeOurs(realm);
        create(admin, realm, people);
    }

    static String person(int number) {
        return "person-" + number;
    }

    private static ObjectNode declared(String name) {
        Map<String, String> variables = new java.util.HashMap<>(Map.of(
                "LATCHKEY_WEB_URL", REDIRECT_URI, "SMTP_HOST", "localhost", "SMTP_PORT", "25", "SMTP_FROM", "a@example.test"));
        for (String secret : List.of(
                "GOOGLE_CLIENT_ID",
                "GOOGLE_CLIENT_SECRET",
                "GITHUB_CLIENT_ID",
                "GITHUB_CLIENT_SECRET",
                "RESOURCE_API_CLIENT_SECRET",
                "BACKEND_CLIENT_SECRET")) {
            variables.put(secret, "any");
        }
        try {
            ObjectNode realm = (ObjectNode)
                    JSON.readTree(Realm.declared().resolved(variables).toJson());
            return realm.put("realm", name);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Mappers, steps of flows, themes, listeners: whatever names something of ours by its id. */
    private static void removeOurs(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(entry -> isOurs(entry.getKey(), entry.getValue()));
            object.forEach(BenchRealm::removeOurs);
        } else if (node instanceof ArrayNode array) {
            for (Iterator<JsonNode> elements = array.elements(); elements.hasNext(); ) {
                JsonNode element = elements.next();
                if (element.isTextual() && element.textValue().startsWith("latchkey-")
                        || element.isObject() && (namesOurs(element, "protocolMapper") || namesOurs(element, "authenticator")
                                || namesOurs(element, "identityProviderMapper") || namesOurs(element, "providerId"))) {
                    elements.remove();
                } else {
                    removeOurs(element);
                }
            }
        }
    }

    private static boolean isOurs(String key, JsonNode value) {
        return key.endsWith("Theme") && value.asText().startsWith("latchkey");
    }

    private static boolean namesOurs(JsonNode element, String key) {
        return element.path(key).asText().startsWith("latchkey-");
    }

    private static void create(Keycloak admin, ObjectNode realm, int people) {
        RealmRepresentation representation = JSON.convertValue(realm, RealmRepresentation.class);
        representation.setUsers(IntStream.range(0, people)
                .mapToObj(BenchRealm::withPassword)
                .toList());
        admin.realms().create(representation);
    }

    private static UserRepresentation withPassword(int number) {
        UserRepresentation person = new UserRepresentation();
        person.setUsername(person(number));
        person.setEmail(person(number) + "@example.test");
        person.setEmailVerified(true);
        person.setEnabled(true);
        person.singleAttribute("display_name", "Person " + number);
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue("password of a bench");
        person.setCredentials(List.of(password));
        return person;
    }
}
