package dev.latchkey.localstack.social;

import com.nimbusds.jose.util.JSONArrayUtils;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GitHub's side of OAuth 2.0 and the two addresses of its API that Keycloak reads. */
final class GitHub {

    private final Provider provider;

    GitHub(RegisteredClient client, List<Person> people, Grants grants) {
        provider = new Provider("GitHub", client, people, grants);
    }

    void authorize(Call call) throws IOException {
        provider.authorize(call);
    }

    /** GitHub answers a refusal with status 200 and an {@code error}, and in a form unless JSON is asked for. */
    void token(Call call) throws IOException {
        Map<String, String> answer = new LinkedHashMap<>();
        try {
            Grants.Code code = provider.redeem(call);
            answer.put("access_token", provider.newToken(code.person()));
            answer.put("scope", code.authorization().scope().replace(' ', ','));
            answer.put("token_type", "bearer");
        } catch (Refusal refusal) {
            refusal.body().forEach((name, value) -> answer.put(name, value.toString()));
        }
        if (call.acceptsJson()) {
            call.json(200, new LinkedHashMap<String, Object>(answer));
        } else {
            call.form(answer);
        }
    }

    /** Where it is checked whether a token is one of the application's own. */
    String checkPath() {
        return "/applications/" + provider.clientId() + "/token";
    }

    /** {@code docs.github.com/rest/apps/oauth-applications#check-a-token}: whatever is wrong, the token is not found. */
    void check(Call call) throws IOException {
        String token = call.jsonText("access_token");
        Optional<Grants.Token> known = provider.checked(call, token);
        if (known.isEmpty()) {
            call.json(404, Map.of("message", "Not Found", "status", "404"));
            return;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", 1);
        answer.put("token", token);
        answer.put("token_last_eight", token.substring(token.length() - 8));
        answer.put("app", Map.of("name", "Latchkey", "url", "https://example.test", "client_id", provider.clientId()));
        answer.put("scopes", List.of("user:email"));
        answer.put("expires_at", null);
        answer.put("user", profile(known.get().person()));
        call.json(200, answer);
    }

    /** The public profile; {@code email} is null, because it is whatever the person shows to everybody. */
    void user(Call call) throws IOException {
        call.json(200, profile(provider.bearer(call)));
    }

    private static Map<String, Object> profile(Person person) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("login", person.login());
        user.put("id", person.gitHubId());
        user.put("type", "User");
        user.put("name", person.name());
        user.put("email", null);
        return user;
    }

    void emails(Call call) throws IOException {
        Person person = provider.bearer(call);
        Map<String, Object> primary = new LinkedHashMap<>();
        primary.put("email", person.email());
        primary.put("primary", true);
        primary.put("verified", person.emailVerified());
        primary.put("visibility", "private");
        Map<String, Object> noReply = Map.of(
                "email", person.gitHubId() + "+" + person.login() + "@users.noreply.example.test",
                "primary", false,
                "verified", true);
        call.json(200, JSONArrayUtils.toJSONString(List.of(noReply, primary)));
    }
}
