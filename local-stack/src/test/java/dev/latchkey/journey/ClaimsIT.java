package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;

/** Real tokens against docs/reference/claims.md. */
@ExtendWith(RunningStack.class)
class ClaimsIT {

    private static final Set<String> LISTED = Set.of(
            "sub",
            "owner_id",
            "actor_uid",
            "provider",
            "email",
            "email_verified",
            "user_metadata",
            "app_metadata",
            "created_at",
            "aud",
            "sid",
            "azp",
            "scope",
            "auth_time",
            "jti",
            "iss",
            "iat",
            "exp",
            "typ");

    @Test
    @DisplayName("Given alice's sign-in, then her access token carries what is listed, nothing else, in under 1.5 KiB")
    void accessToken(Running running) throws Exception {
        Tokens tokens = new SignIn(running.settings()).withPassword("alice", "alice");
        JWTClaimsSet claims = tokens.accessClaims();

        assertThat(claims.getClaims().keySet())
                .isSubsetOf(LISTED)
                .contains("owner_id", "actor_uid", "provider", "email", "created_at");
        assertThat(claims.getAudience()).containsExactly("resource-api");
        assertThat(claims.getStringClaim("owner_id")).isEqualTo(claims.getSubject());
        assertThat(claims.getStringClaim("actor_uid")).isEqualTo(actorUid(running, "password:" + claims.getSubject()));
        assertThat(claims.getLongClaim("created_at"))
                .isBetween(
                        claims.getIssueTime().getTime() / 1000 - 3600,
                        claims.getIssueTime().getTime() / 1000);
        assertThat(claims.getJSONObjectClaim("user_metadata")).containsEntry("display_name", "Alice");
        assertThat(tokens.access()).hasSizeLessThan(1536);
    }

    @Test
    @DisplayName("Given alice's sign-in, then ID token and userinfo name the actor but no owner")
    void idTokenAndUserinfo(Running running) throws Exception {
        Tokens tokens = new SignIn(running.settings()).withPassword("alice", "alice");

        assertThat(tokens.idClaims().getClaims())
                .containsKeys("actor_uid", "provider", "created_at", "email")
                .doesNotContainKey("owner_id");
        assertThat(userinfo(running, tokens))
                .containsEntry("actor_uid", tokens.claim("actor_uid"))
                .containsEntry("provider", "password")
                .doesNotContainKey("owner_id");
    }

    @Test
    @DisplayName(
            "Given scope profile, then ID token and userinfo have the display name as name (Core §5.4); without it they do not, and access tokens never")
    void name(Running running) throws Exception {
        Tokens named = new SignIn(running.settings()).asking("openid profile").withPassword("alice", "alice");
        Tokens nameless = new SignIn(running.settings()).withPassword("alice", "alice");

        assertThat(named.idClaims().getStringClaim("name")).isEqualTo("Alice");
        assertThat(userinfo(running, named)).containsEntry("name", "Alice");
        assertThat(nameless.idClaims().getClaims()).doesNotContainKey("name");
        assertThat(userinfo(running, nameless)).doesNotContainKey("name");
        assertThat(named.accessClaims().getClaims()).doesNotContainKey("name");
    }

    private static Map<String, Object> userinfo(Running running, Tokens tokens) {
        return Http.json(Http.send(HttpRequest.newBuilder(URI.create(endpoint(running, "userinfo")))
                .header("Authorization", "Bearer " + tokens.access())
                .build()));
    }

    @Test
    @DisplayName("Given alice's access token, then its introspection names owner and actor")
    void introspection(Running running) throws Exception {
        Tokens tokens = new SignIn(running.settings()).withPassword("alice", "alice");
        HttpResponse<String> introspected = Http.postForm(
                endpoint(running, "token/introspect"),
                Map.of(
                        "token", tokens.access(),
                        "client_id", "resource-api",
                        "client_secret", running.settings().secrets().resourceApiClient()));

        assertThat(Http.json(introspected))
                .containsEntry("active", true)
                .containsEntry("owner_id", tokens.claim("owner_id"))
                .containsEntry("actor_uid", tokens.claim("actor_uid"));
    }

    @Test
    @DisplayName("Given a service account that asks for names, then its access token is the actor's and has none")
    void serviceAccount(Running running) throws Exception {
        HttpResponse<String> response = Http.postForm(
                endpoint(running, "token"),
                Map.of(
                        "grant_type", "client_credentials",
                        "scope", "profile email",
                        "client_id", "backend",
                        "client_secret", running.settings().secrets().backendClient()));
        JWTClaimsSet claims = Tokens.of(Http.json(response)).accessClaims();

        assertThat(claims.getClaims().keySet()).isSubsetOf(LISTED);
        assertThat(claims.getStringClaim("provider")).isEqualTo("client");
        assertThat(claims.getStringClaim("actor_uid")).isEqualTo(actorUid(running, "client:backend"));
    }

    @Test
    @DisplayName(
            "Given a client with Keycloak's scopes but \"basic\", and mappers of other kinds that name our claims, then ours have the last word")
    void otherScopesAndMappers(Running running) throws Exception {
        StackSettings settings = running.settings();
        Set<String> ours = Set.of("owner_id", "actor_uid", "provider", "created_at");
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("mappers-" + UUID.randomUUID());
        client.setPublicClient(true);
        client.setRedirectUris(List.of("https://app.example/"));
        client.setDefaultClientScopes(List.of("latchkey", "acr", "roles", "web-origins", "profile", "email"));
        // Three each: Keycloak runs mappers of the same priority in no particular order.
        client.setProtocolMappers(ours.stream()
                .flatMap(claim -> IntStream.range(0, 3).mapToObj(number -> another(claim, number)))
                .toList());
        try (Keycloak admin = Keycloak.getInstance(
                settings.keycloakUrl(),
                "master",
                Secrets.ADMIN,
                settings.secrets().admin(),
                "admin-cli")) {
            var clients = admin.realm("latchkey").clients();
            clients.create(client).close();

            Tokens tokens = new AnyClient(settings, client.getClientId(), "https://app.example/")
                    .tokens("openid", "alice", "alice");

            clients.get(clients.findByClientId(client.getClientId()).get(0).getId())
                    .remove();
            Tokens usual = new SignIn(settings).withPassword("alice", "alice");
            assertThat(tokens.accessClaims().getClaims().keySet()).isSubsetOf(LISTED);
            assertThat(tokens.accessClaims().getSubject())
                    .isEqualTo(usual.accessClaims().getSubject());
            for (String claim : ours) {
                assertThat(tokens.accessClaims().getClaim(claim))
                        .as(claim)
                        .isEqualTo(usual.accessClaims().getClaim(claim));
            }
        }
    }

    private static ProtocolMapperRepresentation another(String claim, int number) {
        ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
        mapper.setName(claim + " " + number);
        mapper.setProtocol("openid-connect");
        mapper.setProtocolMapper("oidc-hardcoded-claim-mapper");
        mapper.setConfig(Map.of(
                "claim.name", claim, "claim.value", "7", "jsonType.label", "String", "access.token.claim", "true"));
        return mapper;
    }

    private static String endpoint(Running running, String name) {
        StackSettings settings = running.settings();
        return settings.issuer() + "/protocol/openid-connect/" + name;
    }

    /** By the words of docs/reference/claims.md, not by our code. */
    private static String actorUid(Running running, String identity) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = running.settings().secrets().actorUidSecret().getBytes(StandardCharsets.UTF_8);
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(identity.getBytes(StandardCharsets.UTF_8)));
    }
}
