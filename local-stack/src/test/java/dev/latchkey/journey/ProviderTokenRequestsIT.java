package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.localstack.social.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;

/** Requests that are wrong, or too many. */
class ProviderTokenRequestsIT extends ProviderTokenRefusals {

    @Test
    @DisplayName(
            "Given a wrong request, then a client for which the grant is not switched on is refused, whatever scope it asks for")
    void client() {
        Map<String, String> form = ProviderTokens.google(app.googleToken(app.newcomer(true)));
        form.put("client_id", "web");
        assertRefused(form, 400, "unauthorized_client", "not switched on");
        form.put("scope", "openid provider-token");
        assertThat(app.send(form).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("Given a wrong request, then a confidential client without its secret is refused")
    void confidential() {
        Map<String, String> form = ProviderTokens.google(app.googleToken(app.newcomer(true)));
        form.put("client_id", "backend");
        assertThat(app.send(form).statusCode()).isEqualTo(401);
        form.put("client_secret", "wrong");
        assertThat(app.send(form).statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("Given a wrong request, then a provider that is unknown, disabled or of the other type is refused")
    void provider() {
        Person person = app.newcomer(true);
        Map<String, String> form = ProviderTokens.google(app.googleToken(person));
        form.put("provider", "unknown");
        assertRefused(form, 400, "invalid_request", "provider");
        form.put("provider", "github");
        assertRefused(form, 400, "invalid_request", "type");
        Map<String, String> access = ProviderTokens.gitHub(app.gitHubToken(person));
        access.put("provider", "google");
        assertRefused(access, 400, "invalid_request", "type");

        google(broker -> broker.setEnabled(false));
        assertRefused(ProviderTokens.google(app.googleToken(person)), 400, "invalid_request", "provider");
        google(broker -> {
            broker.setEnabled(true);
            broker.setLinkOnly(true);
        });
        assertRefused(ProviderTokens.google(app.googleToken(person)), 400, "invalid_request", "provider");
        google(broker -> broker.setLinkOnly(false));
        app.accepted(ProviderTokens.google(app.googleToken(person)));
        accounts++;
    }

    @ParameterizedTest
    @ValueSource(strings = {"provider", "subject_token", "subject_token_type"})
    @DisplayName("Given a wrong request, then a parameter is neither missing nor there twice")
    void parameters(String name) {
        Map<String, String> form = ProviderTokens.google(app.googleToken(app.newcomer(true)));
        String twice = Http.encode(form) + "&" + Http.encode(Map.of(name, form.get(name)));
        assertThat(Http.json(app.sendEncoded(twice))).containsEntry("error", "invalid_request");

        form.remove(name);
        assertRefused(form, 400, "invalid_request", name);
    }

    @Test
    @DisplayName(
            "Given a wrong request, then a huge token, one with white space, and another type are refused before anything is checked")
    void form() {
        String token = app.googleToken(app.newcomer(true));
        assertRefused(ProviderTokens.google(token + "A".repeat(8192)), 400, "invalid_request", "form");
        assertThat(app.send(ProviderTokens.google(token + "A".repeat(100_000))).statusCode())
                .isEqualTo(400);
        assertRefused(ProviderTokens.google(token + " "), 400, "invalid_request", "form");
        assertRefused(ProviderTokens.google(token + "." + token), 400, "invalid_request", "form");
        Map<String, String> type = ProviderTokens.google(token);
        type.put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
        assertRefused(type, 400, "invalid_request", "subject_token_type");
    }

    @Test
    @DisplayName("Given a wrong request, then a scope that is refused leaves no account behind")
    void scope() {
        for (String scope : List.of("openid organization:unknown", "openid nonsense", "openid organization:*")) {
            Map<String, String> form = ProviderTokens.google(app.googleToken(app.newcomer(true)));
            form.put("scope", scope);
            assertRefused(form, 400, "invalid_scope", "");
        }
    }

    @Test
    @DisplayName("Given a wrong request, then too many of them are slowed down, per client")
    void tooMany() {
        setOwnMapper("mobile", Map.of("providers", "google", "per.minute", "2"));
        Map<String, String> form = ProviderTokens.google("e30.e30.AA");
        form.put("client_id", "mobile");

        assertThat(app.send(form).statusCode()).isEqualTo(400);
        assertThat(app.send(form).statusCode()).isEqualTo(400);
        var slowed = app.send(form);
        assertThat(slowed.statusCode()).isEqualTo(429);
        assertThat(Http.json(slowed)).containsEntry("error", "slow_down");
        assertThat(Integer.parseInt(slowed.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertRefused(ProviderTokens.google("e30.e30.AA"), 400, "invalid_grant", "signature");
    }

    private void google(Consumer<IdentityProviderRepresentation> change) {
        IdentityProviderRepresentation broker =
                realm.identityProviders().get("google").toRepresentation();
        change.accept(broker);
        realm.identityProviders().get("google").update(broker);
    }

    private void setOwnMapper(String clientId, Map<String, String> config) {
        var mappers = realm.clients()
                .get(realm.clients().findByClientId(clientId).get(0).getId())
                .getProtocolMappers();
        mappers.getMappers().forEach(mapper -> mappers.delete(mapper.getId()));
        ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
        mapper.setName("its own");
        mapper.setProtocol("openid-connect");
        mapper.setProtocolMapper("latchkey-provider-token-mapper");
        mapper.setConfig(new HashMap<>(config));
        mappers.createMapper(mapper).close();
    }
}
