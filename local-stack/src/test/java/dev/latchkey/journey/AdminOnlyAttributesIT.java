package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import dev.latchkey.localstack.social.Person;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.IdentityProviderResource;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;

/** Tier, permissions, owner and identity of record, in every way in which people reach their own account. */
@ExtendWith(RunningStack.class)
class AdminOnlyAttributesIT {

    private static final Map<String, String> FORGED = ForgedAttributes.VALUES;

    private StackSettings settings;
    private Members members;

    @BeforeEach
    void connect(Running running) {
        settings = running.settings();
        members = new Members(settings);
    }

    @Test
    @DisplayName("Given a registration that names them, then the account has none of them")
    void registration() throws Exception {
        String name = Members.newName();
        try (Browser browser = new Browser()) {
            HtmlPage page = (HtmlPage) browser.open(endpoint("registrations") + "?"
                    + Http.encode(Map.of(
                            "client_id", "web",
                            "redirect_uri", settings.apiUrl() + "/",
                            "response_type", "code",
                            "scope", "openid profile",
                            "code_challenge", "a".repeat(43),
                            "code_challenge_method", "S256")));
            ((HtmlInput) page.getElementById("username")).setValue(name);
            ((HtmlInput) page.getElementById("email")).setValue(name + "@example.test");
            for (String field : List.of("password", "password-confirm")) {
                Optional.ofNullable((HtmlInput) page.getElementById(field))
                        .ifPresent(input -> input.setValue(Members.PASSWORD));
            }
            ForgedAttributes.submit(page, "kc-register-form");
        }

        ForgedAttributes.assertHasNone(
                members.realm().users().searchByUsername(name, true).get(0));
    }

    @Test
    @DisplayName("Given the account console's form with them added, then they do not change")
    void profileForm() throws Exception {
        String name = Members.newName();
        String id = members.person(name);
        try (Browser browser = new Browser()) {
            HtmlPage login = (HtmlPage) browser.open(endpoint("auth") + "?"
                    + Http.encode(Map.of(
                            "client_id", "web",
                            "redirect_uri", settings.apiUrl() + "/",
                            "response_type", "code",
                            "scope", "openid profile",
                            "kc_action", "UPDATE_PROFILE",
                            "code_challenge", "a".repeat(43),
                            "code_challenge_method", "S256")));
            ((HtmlInput) login.getElementById("username")).setValue(name);
            ((HtmlInput) login.getElementById("password")).setValue(Members.PASSWORD);
            HtmlPage form = login.getElementById("kc-login").click();
            assertThat(form.asXml()).doesNotContain("identity_of_record");
            ForgedAttributes.submit(form, "kc-update-profile-form");
        }

        ForgedAttributes.assertHasNone(members.of(id));
    }

    @Test
    @DisplayName("Given the account API, then it refuses or drops them, and never shows the identity of record")
    void accountApi() throws Exception {
        String name = Members.newName();
        String id = members.person(name);
        String account = settings.issuer() + "/account/";
        String token = new AnyClient(settings, "account-console", account)
                .tokens("openid", name, Members.PASSWORD)
                .access();
        new SignIn(settings).withPassword(name, Members.PASSWORD);
        List<String> recorded = members.of(id).getAttributes().get("identity_of_record");
        assertThat(recorded).containsExactly("password:" + id);

        HttpResponse<String> shown = send("GET", account + "?userProfileMetadata=true", token, null);
        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
        assertThat(shown.body())
                .contains("userProfileMetadata", "tier")
                .doesNotContain("identity_of_record", "onboarding_completed");
        for (Map.Entry<String, String> forged : FORGED.entrySet()) {
            Map<String, Object> changed = new HashMap<>(Http.json(shown));
            changed.remove("userProfileMetadata");
            changed.put("attributes", Map.of(forged.getKey(), List.of(forged.getValue())));
            send("POST", account, token, JSONObjectUtils.toJSONString(changed));
        }

        assertThat(members.of(id).getAttributes()).containsEntry("identity_of_record", recorded);
        members.change(id, person -> person.getAttributes().remove("identity_of_record"));
        ForgedAttributes.assertHasNone(members.of(id));
    }

    @Test
    @DisplayName(
            "Given mappers of a broker that write them, then what an account has of them stays, from its first sign-in on")
    void brokerMappers() throws Exception {
        members.realm()
                .users()
                .searchByEmail(Person.ADA.email(), true)
                .forEach(ada -> members.realm().users().delete(ada.getId()).close());
        IdentityProviderResource google = members.realm().identityProviders().get("google");
        List<String> mappers = new ArrayList<>();
        try {
            for (Map.Entry<String, String> forged : FORGED.entrySet()) {
                mappers.add(mapper(
                        google,
                        "hardcoded-attribute-idp-mapper",
                        Map.of("attribute", forged.getKey(), "attribute.value", forged.getValue())));
                // Claims whose values the user profile would take.
                String claim = forged.getKey().equals("identity_of_record") ? "iss" : "sub";
                mappers.add(mapper(
                        google,
                        "oidc-user-attribute-idp-mapper",
                        Map.of("claim", claim, "user.attribute", forged.getKey())));
            }

            Tokens first = new SignIn(settings).with("google", Person.ADA);
            Tokens second = new SignIn(settings).with("google", Person.ADA);

            assertThat(second.claim("owner_id")).isEqualTo(first.accessClaims().getSubject());
            assertThat(second.claim("actor_uid")).isEqualTo(first.claim("actor_uid"));
            assertThat(second.accessClaims().getClaims()).doesNotContainKey("app_metadata");
            String id = second.accessClaims().getSubject();
            assertThat(members.of(id).getAttributes())
                    .containsEntry("identity_of_record", List.of("google:" + Person.ADA.googleSubject()));

            members.change(id, person -> person.singleAttribute("tier", "team"));
            Tokens third = new SignIn(settings).with("google", Person.ADA);
            assertThat(third.accessClaims().getJSONObjectClaim("app_metadata")).containsOnly(Map.entry("tier", "team"));
            members.change(id, person -> person.getAttributes().keySet().removeAll(FORGED.keySet()));
            ForgedAttributes.assertHasNone(members.of(id));
        } finally {
            mappers.forEach(google::delete);
        }
    }

    @Test
    @DisplayName("Given authorization and token requests that name them, then the token says what is so")
    void tokenRequest() throws Exception {
        String name = Members.newName();
        String id = members.person(name);
        List<String> parameters = new ArrayList<>(
                List.of(
                        "claims",
                        "{\"access_token\":{\"tier\":{\"value\":\"pro\"},\"owner_id\":{\"value\":\"victim\",\"essential\":true}}}"));
        FORGED.forEach((key, value) -> parameters.addAll(List.of(key, value)));

        HttpResponse<String> answer = new AnyClient(settings, "web", settings.apiUrl() + "/")
                .answer("openid", name, Members.PASSWORD, parameters.toArray(String[]::new));

        Tokens tokens = Tokens.of(Http.json(answer));
        assertThat(tokens.claim("owner_id")).isEqualTo(id);
        assertThat(tokens.accessClaims().getClaims()).doesNotContainKeys("app_metadata", "tier", "permissions");
        Map<String, String> refresh = new HashMap<>(FORGED);
        refresh.putAll(Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", tokens.refresh()));
        Tokens refreshed = Tokens.of(Http.json(Http.postForm(endpoint("token"), refresh)));
        assertThat(refreshed.claim("owner_id")).isEqualTo(id);
        assertThat(refreshed.accessClaims().getClaims()).doesNotContainKey("app_metadata");
    }

    private String mapper(IdentityProviderResource broker, String type, Map<String, String> config) {
        Map<String, String> forced = new HashMap<>(config);
        forced.put("syncMode", "FORCE");
        IdentityProviderMapperRepresentation mapper = new IdentityProviderMapperRepresentation();
        mapper.setName(type + " " + config);
        mapper.setIdentityProviderAlias("google");
        mapper.setIdentityProviderMapper(type);
        mapper.setConfig(forced);
        return CreatedResponseUtil.getCreatedId(broker.addMapper(mapper));
    }

    private HttpResponse<String> send(String method, String url, String token, String json) {
        return Http.send(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build());
    }

    private String endpoint(String name) {
        return settings.issuer() + "/protocol/openid-connect/" + name;
    }
}
