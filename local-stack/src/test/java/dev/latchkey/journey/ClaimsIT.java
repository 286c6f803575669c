package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
        HttpResponse<String> userinfo = Http.send(HttpRequest.newBuilder(URI.create(endpoint(running, "userinfo")))
                .header("Authorization", "Bearer " + tokens.access())
                .build());

        assertThat(tokens.idClaims().getClaims())
                .containsKeys("actor_uid", "provider", "created_at", "email")
                .doesNotContainKey("owner_id");
        assertThat(Http.json(userinfo))
                .containsEntry("actor_uid", tokens.claim("actor_uid"))
                .containsEntry("provider", "password")
                .doesNotContainKey("owner_id");
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
