package dev.latchkey.realm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A realm as it is declared: a Keycloak realm representation that leaves out what Keycloak's defaults decide. Immutable. */
public final class Realm {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> FILES =
            List.of("realm.json", "texts.json", "scopes.json", "clients.json", "flows.json", "brokers.json");

    /** Kept in the form in which the admin console shows it; a realm representation holds it as text within a component. */
    private static final String USER_PROFILE = "user-profile.json";

    private static final String USER_PROFILE_TEXT =
            "/components/org.keycloak.userprofile.UserProfileProvider/0/config/kc.user.profile.config/0";

    private final ObjectNode representation;

    private Realm(ObjectNode representation) {
        this.representation = representation;
    }

    /** Realm {@code latchkey} as the files of this module declare it, with its variables unresolved. */
    public static Realm declared() {
        Realm realm = new Realm(JSON.createObjectNode());
        for (String file : FILES) {
            realm = realm.with(resource(file));
        }
        ObjectNode components = JSON.createObjectNode();
        components
                .putArray("org.keycloak.userprofile.UserProfileProvider")
                .addObject()
                .put("providerId", "declarative-user-profile")
                .putObject("config")
                .putArray("kc.user.profile.config")
                .add(read(resource(USER_PROFILE)).toString());
        realm.representation.set("components", components);
        return realm;
    }

    /**
     * This realm with a further file laid over it: objects are merged, null removes, things are found by their names ({@code clientId},
     * {@code alias}, {@code name}, {@code username}).
     *
     * @throws UncheckedIOException if there is no JSON object to read
     */
    public Realm with(URL overlay) {
        return new Realm(JsonOverlay.merge(representation, read(overlay)));
    }

    /**
     * This realm with <code>${NAME}</code> and <code>${NAME:default}</code> filled in.
     *
     * @throws MissingVariableException if a variable without default is missing or empty
     */
    public Realm resolved(Map<String, String> variables) {
        return new Realm(Variables.expand(representation, variables));
    }

    /** A realm representation that Keycloak imports, fit for reading. */
    public String toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(representation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    String name() {
        return representation.required("realm").asText();
    }

    ObjectNode representation() {
        return representation.deepCopy();
    }

    /** In the form in which the admin API takes it. */
    String userProfile() {
        return representation.at(USER_PROFILE_TEXT).asText();
    }

    private static URL resource(String file) {
        return Objects.requireNonNull(Realm.class.getResource(file), file);
    }

    private static ObjectNode read(URL file) {
        try (var in = file.openStream()) {
            JsonNode tree = JSON.readTree(in);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new IOException("not a JSON object");
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
