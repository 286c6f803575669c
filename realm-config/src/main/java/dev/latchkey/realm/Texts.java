package dev.latchkey.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.admin.client.resource.RealmLocalizationResource;
import org.keycloak.admin.client.resource.RealmResource;

/** Reconciles the realm's own texts by language. Keycloak takes them from a realm representation only when it makes the realm. */
final class Texts {

    static final String KEY = "localizationTexts";

    private final RealmLocalizationResource texts;
    private final Changes changes;

    Texts(RealmResource realm, Changes changes) {
        this.texts = realm.localization();
        this.changes = changes;
    }

    void reconcile(ObjectNode declared) {
        declared.path(KEY).properties().forEach(language -> reconcile(language.getKey(), language.getValue()));
    }

    private void reconcile(String language, JsonNode declared) {
        Map<String, String> current = texts.getRealmLocalizationTexts(language);
        Map<String, String> wanted = new TreeMap<>();
        declared.properties()
                .forEach(text -> wanted.put(text.getKey(), text.getValue().asText()));
        wanted.entrySet().removeIf(text -> text.getValue().equals(current.get(text.getKey())));
        if (!wanted.isEmpty()) {
            changes.updated("texts in " + language, wanted.keySet());
            texts.createOrUpdateRealmLocalizationTexts(language, wanted);
        }
    }
}
