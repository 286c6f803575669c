package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningStack.class)
class SignInIT {

    @Test
    @DisplayName("Given alice's password, then her token opens the API and her work is there")
    void password(Running running) throws Exception {
        Tokens tokens = new SignIn(running.settings()).withPassword("alice", "alice");

        assertThat(tokens.claim("provider")).isEqualTo("password");
        assertThat(tokens.claim("owner_id")).isEqualTo(tokens.accessClaims().getSubject());
        assertUsable(running, tokens);
    }

    @Test
    @DisplayName("Given alice's id or refresh token as bearer, then the API refuses it")
    void otherTokens(Running running) throws Exception {
        Tokens tokens = new SignIn(running.settings()).withPassword("alice", "alice");

        for (String other : List.of(tokens.id(), tokens.refresh())) {
            assertThat(new Api(running.settings().apiUrl(), other).get("/v1/me").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    @DisplayName("Given a sample person at Google, then the token carries an owner, the same at the next sign-in")
    void google(Running running) throws Exception {
        Tokens first = new SignIn(running.settings()).with("google", Person.ADA);
        Tokens second = new SignIn(running.settings()).with("google", Person.ADA);

        assertThat(first.claim("provider")).isEqualTo("google");
        assertThat(second.claim("owner_id")).isEqualTo(first.claim("owner_id"));
        assertThat(second.claim("actor_uid")).isEqualTo(first.claim("actor_uid"));
        assertUsable(running, second);
    }

    @Test
    @DisplayName(
            "Given a sample person at GitHub, then the token carries an owner after the e-mail is verified by mail")
    void gitHub(Running running) throws Exception {
        Tokens tokens = new SignIn(running.settings()).with("github", Person.GRACE);

        assertThat(tokens.claim("provider")).isEqualTo("github");
        assertThat(tokens.accessClaims().getBooleanClaim("email_verified")).isTrue();
        assertUsable(running, tokens);
    }

    private static void assertUsable(Running running, Tokens tokens) throws Exception {
        JWTClaimsSet claims = tokens.accessClaims();
        assertThat(claims.getAudience()).containsExactly("resource-api");
        assertThat(claims.getStringClaim("owner_id")).matches("[A-Za-z0-9._:-]{1,128}");
        assertThat(claims.getStringClaim("actor_uid")).matches("[A-Za-z0-9_-]{43}");
        Api api = new Api(running.settings().apiUrl(), tokens.access());
        String title = "Notes " + UUID.randomUUID();

        assertThat(Http.json(api.get("/v1/me"))).containsEntry("owner_id", claims.getStringClaim("owner_id"));
        HttpResponse<String> created = api.call("POST", "/v1/works", "{\"title\": \"%s\"}".formatted(title));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String location = created.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("/v1/works/");
        assertThat(Http.json(api.get(location))).containsEntry("title", title);
        assertThat(titles(api.get("/v1/works"))).contains(title);
    }

    private static List<Object> titles(HttpResponse<String> list) {
        List<?> items = (List<?>) Http.json(list).get("items");
        return items.stream()
                .<Object>map(item -> ((Map<?, ?>) item).get("title"))
                .toList();
    }
}
