package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.idm.UserSessionRepresentation;

/** Signing in with a provider's token that the app holds, with Keycloak's own provider types. */
@ExtendWith(RunningStack.class)
class ProviderTokenIT {

    private Running running;
    private ProviderTokens app;
    private RealmResource realm;

    @BeforeEach
    void applyRealm(Running running) {
        this.running = running;
        RealProviders.apply(running);
        app = new ProviderTokens(running);
        realm = RealProviders.admin(running);
    }

    @Test
    @DisplayName("Given somebody new with an ID token of Google's, then they are who they are in the hosted login")
    void newcomer() throws Exception {
        Person person = app.newcomer(true);

        HttpResponse<String> answer = app.send(ProviderTokens.google(app.googleToken(person)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().map())
                .doesNotContainKey("set-cookie")
                .containsEntry("cache-control", List.of("no-store"));
        Tokens exchanged = Tokens.of(Http.json(answer));
        Tokens hosted = hosted("google", person);

        assertThat(exchanged.claim("provider")).isEqualTo("google");
        assertThat(exchanged.claim("azp")).isEqualTo("desktop");
        for (String claim : List.of("sub", "owner_id", "actor_uid", "email", "email_verified", "created_at")) {
            assertThat(exchanged.accessClaims().getClaim(claim))
                    .as(claim)
                    .isNotNull()
                    .isEqualTo(hosted.accessClaims().getClaim(claim));
        }
        assertThat(exchanged.accessClaims().getClaims().keySet())
                .isEqualTo(hosted.accessClaims().getClaims().keySet());
        assertThat(exchanged.idClaims().getClaims().keySet())
                .containsAll(hosted.idClaims().getClaims().keySet().stream()
                        .filter(claim -> !claim.equals("nonce"))
                        .toList());
    }

    @Test
    @DisplayName("Given somebody new who signs in twice at once, then both sign-ins are to one account")
    void newcomerTwiceAtOnce() throws Exception {
        Person person = app.newcomer(true);
        List<HttpResponse<String>> answers =
                atOnce(ProviderTokens.google(app.googleToken(person)), ProviderTokens.google(app.googleToken(person)));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200));
        assertThat(answers)
                .extracting(answer -> Tokens.of(Http.json(answer)).claim("actor_uid"))
                .containsOnly(hosted("google", person).claim("actor_uid"));
        assertThat(realm.users().searchByEmail(person.email(), true)).hasSize(1);
    }

    @Test
    @DisplayName(
            "Given somebody new who comes through both providers at once, then one makes the account, the other is asked to prove it")
    void newcomerThroughBothAtOnce() throws Exception {
        Person person = app.newcomer(true);
        List<HttpResponse<String>> answers =
                atOnce(ProviderTokens.google(app.googleToken(person)), ProviderTokens.gitHub(app.gitHubToken(person)));

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 400);
        assertThat(answers)
                .extracting(HttpResponse::body)
                .anySatisfy(body -> assertThat(body).contains("interaction_required"));
        assertThat(realm.users().searchByEmail(person.email(), true)).hasSize(1);
    }

    private List<HttpResponse<String>> atOnce(Map<String, String> one, Map<String, String> other) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers;
        try (HeldRows accounts = new HeldRows(running.settings(), "lock table user_entity in share mode")) {
            answers = Stream.of(one, other)
                    .map(form -> CompletableFuture.supplyAsync(() -> app.send(form)))
                    .toList();
            // Neither has found an account by then, and both want to make one.
            await().until(() -> accounts.waiting() == 2);
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    @Test
    @DisplayName(
            "Given somebody known from the hosted login, then an ID token that an Android app has kept for most of an hour opens the same account")
    void known() throws Exception {
        Person person = app.newcomer(true);
        Tokens hosted = hosted("google", person);

        Tokens exchanged = app.accepted(ProviderTokens.google(app.googleToken(
                person,
                claims -> claims.claim("azp", ProviderTokens.ANDROID)
                        .claim("nonce", "n-0S6")
                        .issueTime(Date.from(Instant.now().minusSeconds(3500)))
                        .expirationTime(Date.from(Instant.now().plusSeconds(100))))));

        assertThat(exchanged.claim("sub")).isEqualTo(hosted.claim("sub"));
        assertThat(exchanged.claim("actor_uid")).isEqualTo(hosted.claim("actor_uid"));
    }

    @Test
    @DisplayName("Given a sign-in, then it is a normal session: seen by admins, refreshed, and ended by logout")
    void session() {
        Person person = app.newcomer(true);
        Tokens tokens = app.accepted(ProviderTokens.google(app.googleToken(person)));

        List<UserSessionRepresentation> sessions =
                realm.users().get(tokens.claim("sub")).getUserSessions();
        assertThat(sessions).hasSize(1);
        assertThat(sessions.get(0).getId()).isEqualTo(tokens.claim("sid"));
        assertThat(sessions.get(0).getClients()).containsValue("desktop");

        Tokens refreshed = Tokens.of(Http.json(app.refresh(tokens)));
        assertThat(refreshed.claim("sid")).isEqualTo(tokens.claim("sid"));
        assertThat(refreshed.claim("actor_uid")).isEqualTo(tokens.claim("actor_uid"));
        assertThat(refreshed.accessClaims().getClaim("auth_time"))
                .isNotNull()
                .isEqualTo(tokens.accessClaims().getClaim("auth_time"));

        Http.postForm(app.endpoint("logout"), Map.of("client_id", "desktop", "refresh_token", refreshed.refresh()));
        assertThat(app.refresh(refreshed).statusCode()).isEqualTo(400);
        assertThat(realm.users().get(tokens.claim("sub")).getUserSessions()).isEmpty();
    }

    @Test
    @DisplayName(
            "Given somebody new, then broker mappers, link and events are those of the hosted login, without the token")
    void account() throws Exception {
        Person person = app.newcomer(true);
        String token = app.googleToken(person);
        Tokens tokens = app.accepted(ProviderTokens.google(token));

        UserRepresentation user = realm.users().get(tokens.claim("sub")).toRepresentation();
        assertThat(user.getUsername()).startsWith("google.").doesNotContain(person.googleSubject());
        assertThat(user.getEmail()).isEqualTo(person.email());
        assertThat(user.isEmailVerified()).isTrue();
        assertThat(user.firstAttribute("display_name")).isEqualTo(person.name());
        assertThat(realm.users().get(user.getId()).getFederatedIdentity())
                .singleElement()
                .satisfies(link -> assertThat(link.getUserId()).isEqualTo(person.googleSubject()));
        List<EventRepresentation> events =
                realm.getEvents(List.of("LOGIN", "REGISTER"), null, user.getId(), null, null, null, null, null);
        assertThat(events).extracting(EventRepresentation::getType).containsExactlyInAnyOrder("LOGIN", "REGISTER");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getDetails())
                        .containsEntry("identity_provider", "google")
                        .containsEntry("auth_method", "openid-connect"))
                .allSatisfy(event -> assertThat(event.getDetails().toString()).doesNotContain(token));
        assertThat(events)
                .filteredOn(event -> event.getType().equals("LOGIN"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getClientId()).isEqualTo("desktop");
                    assertThat(event.getSessionId()).isEqualTo(tokens.claim("sid"));
                    assertThat(event.getDetails())
                            .containsEntry("username", user.getUsername())
                            .containsEntry("consent", "no_consent_required")
                            .containsEntry("grant_type", ProviderTokens.GRANT_TYPE)
                            .containsKeys("code_id", "identity_provider_identity");
                });
    }

    @Test
    @DisplayName(
            "Given somebody known from the hosted login, then GitHub's access token opens the same account, by number")
    void gitHub() throws Exception {
        Person person = app.newcomer(true);
        Tokens hosted = hosted("github", person);

        Tokens exchanged = app.accepted(ProviderTokens.gitHub(app.gitHubToken(person)));

        assertThat(exchanged.claim("sub")).isEqualTo(hosted.claim("sub"));
        assertThat(exchanged.claim("actor_uid")).isEqualTo(hosted.claim("actor_uid"));
        assertThat(exchanged.claim("provider")).isEqualTo("github");
    }

    @Test
    @DisplayName(
            "Given somebody new with an access token of GitHub's, then a verified e-mail makes an account, another does not")
    void gitHubNewcomer() throws Exception {
        Person verified = app.newcomer(true);
        Tokens exchanged = app.accepted(ProviderTokens.gitHub(app.gitHubToken(verified)));
        assertThat(exchanged.claim("sub")).isEqualTo(hosted("github", verified).claim("sub"));

        HttpResponse<String> refused = app.send(ProviderTokens.gitHub(app.gitHubToken(app.newcomer(false))));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Http.json(refused)).containsEntry("error", "interaction_required");
    }

    @Test
    @DisplayName("Given a DPoP proof, then access and refresh token are bound to its key (RFC 9449 §5)")
    void bound() throws Exception {
        ClientKey key = ClientKey.fresh();
        String endpoint = app.endpoint("token");
        Map<String, String> form = ProviderTokens.google(app.googleToken(app.newcomer(true)));

        Map<String, Object> answer = Http.json(Http.postForm(endpoint, form, "DPoP", key.proof("POST", endpoint)));

        assertThat(answer).containsEntry("token_type", "DPoP");
        Tokens tokens = Tokens.of(answer);
        assertThat(tokens.accessClaims().getJSONObjectClaim("cnf")).containsEntry("jkt", key.thumbprint());
        assertThat(app.refresh(tokens).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("Given a member of a workspace, then scope organization:<alias> makes it the owner, for all refreshes")
    void workspace() {
        Person person = app.newcomer(true);
        String id = app.accepted(ProviderTokens.google(app.googleToken(person))).claim("sub");
        OrganizationRepresentation workspace = new OrganizationRepresentation();
        workspace.setName(person.login());
        workspace.setAlias(person.login());
        workspace.addDomain(new OrganizationDomainRepresentation(person.login() + ".test"));
        realm.organizations().create(workspace).close();
        String owner =
                realm.organizations().search(person.login(), true, 0, 1).get(0).getId();
        Map<String, String> form = ProviderTokens.google(app.googleToken(person));
        form.put("scope", "openid organization:" + person.login());
        assertThat(Http.json(app.send(form))).as("no member").containsEntry("error", "invalid_scope");

        realm.organizations().get(owner).members().addMember(id).close();
        form.put("subject_token", app.googleToken(person));
        Tokens tokens = app.accepted(form);
        assertInWorkspace(tokens, owner);
        assertInWorkspace(Tokens.of(Http.json(app.refresh(tokens))), owner);
    }

    private static void assertInWorkspace(Tokens tokens, String id) {
        assertThat(tokens.claim("owner_id")).isEqualTo(id);
        for (JWTClaimsSet claims : List.of(tokens.accessClaims(), tokens.idClaims())) {
            assertThat(claims.getClaim("workspace"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("id", id);
        }
    }

    @Test
    @DisplayName("Given discovery, then it names the grant")
    void discovery() {
        String address = running.settings().keycloakUrl() + "/realms/" + RunningStack.REAL_PROVIDERS_REALM
                + "/.well-known/openid-configuration";

        assertThat(Http.json(
                        Http.send(HttpRequest.newBuilder(URI.create(address)).build())))
                .extractingByKey("grant_types_supported")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(ProviderTokens.GRANT_TYPE);
    }

    private Tokens hosted(String alias, Person person) throws Exception {
        try (Browser browser = RealProviders.browser(running)) {
            return RealProviders.signIn(running, browser).with(alias, person);
        }
    }
}
