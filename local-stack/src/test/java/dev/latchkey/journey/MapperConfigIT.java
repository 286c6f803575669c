package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.ClientScopeResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.ConfigPropertyRepresentation;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;

/** What the console is told of our mappers, and which of their settings Keycloak refuses to save. */
@ExtendWith(RunningStack.class)
class MapperConfigIT {

    private static final Map<String, String> IN_ACCESS_TOKEN = Map.of("access.token.claim", "true");

    private Keycloak admin;
    private ClientScopeResource scope;

    @BeforeEach
    void makeScope(Running running) {
        admin = Keycloak.getInstance(
                running.settings().keycloakUrl(),
                "master",
                Secrets.ADMIN,
                running.settings().secrets().admin(),
                "admin-cli");
        RealmResource realm = admin.realm("latchkey");
        ClientScopeRepresentation empty = new ClientScopeRepresentation();
        empty.setName("mapper-config-test");
        empty.setProtocol("openid-connect");
        try (Response response = realm.clientScopes().create(empty)) {
            scope = realm.clientScopes().get(CreatedResponseUtil.getCreatedId(response));
        }
    }

    @AfterEach
    void removeScope() {
        scope.remove();
        admin.close();
    }

    @Test
    @DisplayName("Given our mappers, then each setting of each has a label and help")
    void labels() {
        var ours = admin.serverInfo().getInfo().getProtocolMapperTypes().get("openid-connect").stream()
                .filter(type -> type.getId().startsWith("latchkey-"))
                .toList();

        assertThat(ours).hasSizeGreaterThanOrEqualTo(5).allSatisfy(type -> {
            assertThat(type.getName()).startsWith("Latchkey: ");
            assertThat(type.getHelpText()).hasSizeGreaterThan(40);
            assertThat(type.getProperties()).isNotEmpty();
            assertThat(type.getProperties())
                    .extracting(ConfigPropertyRepresentation::getLabel, ConfigPropertyRepresentation::getHelpText)
                    .allSatisfy(texts ->
                            assertThat(texts.toList()).doesNotContainNull().doesNotContain(""));
        });
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("latchkey-actor-uid-mapper", Map.of(), "It concerns no token: switch on"),
                arguments(
                        "latchkey-identity-mapper",
                        Map.of("access.token.claim", "false", "id.token.claim", "false"),
                        "It concerns no token: switch on"),
                arguments(
                        "latchkey-owner-id-mapper",
                        Map.of("access.token.claim", "yes {0} 'please'"),
                        "'access.token.claim' is 'yes {0} 'please'': set it to true or false."),
                arguments(
                        "latchkey-kept-claims-mapper",
                        Map.of("access.token.claim", "true", "further.claims", "department##realm_access"),
                        "'realm_access' is never kept in access tokens"),
                arguments(
                        "latchkey-kept-claims-mapper",
                        Map.of("access.token.claim", "true", "further.claims", "department, team"),
                        "'department, team' is no name of a claim"),
                arguments("latchkey-provider-token-mapper", Map.of(), "Name at least one provider."),
                arguments(
                        "latchkey-provider-token-mapper",
                        Map.of("providers", "google", "longest.age", "0"),
                        "'longest.age' is a whole number from 1 to 3600."));
    }

    @ParameterizedTest
    @MethodSource("refused")
    @DisplayName("Given a setting that cannot be meant, then it is not saved and the console says what to do")
    void refused(String type, Map<String, String> config, String message) {
        try (Response response = scope.getProtocolMappers().createMapper(mapper("wrong", type, config))) {
            assertThat(response.getStatus()).isEqualTo(400);
            OAuth2ErrorRepresentation error = response.readEntity(OAuth2ErrorRepresentation.class);
            assertThat(error.getError()).startsWith("Latchkey: ");
            assertThat(error.getErrorDescription()).startsWith(message);
        }
        assertThat(scope.getProtocolMappers().getMappers()).isEmpty();
    }

    @Test
    @DisplayName("Given a mapper, then a second of its type is refused, and the first can be changed and saved again")
    void twice() {
        ProtocolMapperRepresentation first = mapper("first", "latchkey-owner-id-mapper", IN_ACCESS_TOKEN);
        try (Response response = scope.getProtocolMappers().createMapper(first)) {
            first.setId(CreatedResponseUtil.getCreatedId(response));
        }
        try (Response response = scope.getProtocolMappers()
                .createMapper(mapper("second", "latchkey-owner-id-mapper", IN_ACCESS_TOKEN))) {
            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(response.readEntity(OAuth2ErrorRepresentation.class).getErrorDescription())
                    .isEqualTo("There is one of this type here already: edit or delete that one.");
        }

        first.setConfig(Map.of("access.token.claim", "true", "introspection.token.claim", "true"));
        scope.getProtocolMappers().update(first.getId(), first);
        assertThat(scope.getProtocolMappers().getMappers())
                .singleElement()
                .satisfies(saved -> assertThat(saved.getConfig()).containsEntry("introspection.token.claim", "true"));
    }

    private static ProtocolMapperRepresentation mapper(String name, String type, Map<String, String> config) {
        ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
        mapper.setName(name);
        mapper.setProtocol("openid-connect");
        mapper.setProtocolMapper(type);
        mapper.setConfig(config);
        return mapper;
    }
}
