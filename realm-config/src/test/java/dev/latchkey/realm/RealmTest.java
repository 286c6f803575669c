package dev.latchkey.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPConfig;

/** What must hold for the declared files themselves, whatever server they meet. */
class RealmTest {

    private final Realm realm = Realm.declared();
    private final ObjectNode declared = realm.representation();

    @Test
    void declaredWhenReadByKeycloakThenHasNoUnknownKey() {
        assertThat(Difference.read(declared, RealmRepresentation.class).getRealm())
                .isEqualTo("latchkey");
    }

    @Test
    void secretsAreVariablesWithoutAUsableDefault() {
        Map<String, String> secrets = new TreeMap<>();
        collectSecrets("", declared, secrets);
        assertThat(secrets)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy((path, value) -> assertThat(value).as(path).matches("\\$\\{[A-Z_]+:?}"));
    }

    @Test
    void clientsHaveNoImplicitAndNoPasswordGrantAndNoRoles() {
        assertThat(list("clients")).hasSize(7).allSatisfy(client -> {
            assertThat(client.get("implicitFlowEnabled").booleanValue()).isFalse();
            assertThat(client.get("directAccessGrantsEnabled").booleanValue()).isFalse();
            assertThat(client.get("fullScopeAllowed").booleanValue()).isFalse();
        });
    }

    @Test
    void publicClientsTakePkceForAuthorizationCodes() {
        JsonNode profile = declared.at("/clientProfiles/profiles/0");
        JsonNode policy = declared.at("/clientPolicies/policies/0");
        assertThat(profile.at("/executors/0/executor").asText()).isEqualTo("pkce-enforcer");
        assertThat(policy.get("enabled").booleanValue()).isTrue();
        assertThat(policy.at("/profiles/0")).isEqualTo(profile.get("name"));
        assertThat(policy.get("conditions")).hasSize(3);
        assertThat(policy.at("/conditions/0/configuration/type/0").asText()).isEqualTo("public");
        assertThat(policy.at("/conditions/1/configuration/grant_types/0").asText())
                .isEqualTo("authorization_code");
        JsonNode settings = policy.at("/conditions/2/configuration");
        assertThat(settings.get("is-negative-logic").booleanValue()).isTrue();
        assertThat(settings.get("update-client-source")).hasSize(4);
    }

    @Test
    void clientsAskOnlyForScopesThatThereAre() {
        List<String> builtIn = List.of("basic", "profile", "email", "organization", "service_account");
        List<String> scopes = Stream.concat(
                        builtIn.stream(),
                        list("clientScopes").stream()
                                .map(scope -> scope.get("name").asText()))
                .toList();
        assertThat(list("clients").stream()
                        .flatMap(client -> Stream.of("defaultClientScopes", "optionalClientScopes")
                                .map(client::path))
                        .flatMap(names -> StreamSupport.stream(names.spliterator(), false))
                        .map(JsonNode::asText))
                .isSubsetOf(scopes);
    }

    @Test
    void signInLastsSevenDaysInEverySetting() {
        assertThat(Stream.of(
                                "ssoSessionIdleTimeout",
                                "ssoSessionMaxLifespan",
                                "ssoSessionIdleTimeoutRememberMe",
                                "ssoSessionMaxLifespanRememberMe",
                                "clientSessionIdleTimeout",
                                "clientSessionMaxLifespan")
                        .map(key -> declared.path(key).asInt()))
                .containsOnly(7 * 24 * 60 * 60);
    }

    @Test
    void whatOnlyAdminsMaySetIsNotForUsersToEdit() {
        UPConfig profile = Difference.read(realm.userProfile(), UPConfig.class);
        for (String name : List.of("tier", "permissions", "owner_id", "identity_of_record")) {
            UPAttribute attribute = profile.getAttribute(name);
            assertThat(attribute.getPermissions().getEdit()).as(name).containsExactly("admin");
        }
        assertThat(profile.getAttribute("identity_of_record").getPermissions().getView())
                .containsExactly("admin");
    }

    @Test
    void textsStandInEveryLanguageOfTheRealm() {
        List<String> languages = declared.path("supportedLocales")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        assertThat(languages).containsExactlyInAnyOrder("en", "de");
        assertThat(declared.path("localizationTexts").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(languages);
        // Keycloak's own messages name the user name and the e-mail.
        List<String> used = Pattern.compile("\\$\\{(latchkey\\w+)}")
                .matcher(realm.userProfile())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        assertThat(used).isNotEmpty();
        for (String language : languages) {
            assertThat(declared.path("localizationTexts")
                            .path(language)
                            .propertyStream()
                            .map(Map.Entry::getKey))
                    .as(language)
                    .containsExactlyInAnyOrderElementsOf(used);
        }
    }

    private List<JsonNode> list(String key) {
        return StreamSupport.stream(declared.path(key).spliterator(), false).toList();
    }

    private static void collectSecrets(String path, JsonNode node, Map<String, String> secrets) {
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            if (key.matches("(?i).*(secret|password)") && entry.getValue().isTextual()) {
                secrets.put(path + "/" + key, entry.getValue().textValue());
            }
            collectSecrets(path + "/" + key, entry.getValue(), secrets);
        });
        if (node.isArray()) {
            node.forEach(element -> collectSecrets(
                    path + "/" + element.path("clientId").asText()
                            + element.path("alias").asText(),
                    element,
                    secrets));
        }
    }
}
