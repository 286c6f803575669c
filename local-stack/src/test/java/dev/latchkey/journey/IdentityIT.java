package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who somebody is, whichever client they use, and who can find out. */
@ExtendWith(RunningStack.class)
class IdentityIT {

    private StackSettings settings;
    private Members members;
    private String name;
    private String id;

    @BeforeEach
    void makePerson(Running running) {
        settings = running.settings();
        members = new Members(settings);
        name = Members.newName();
        id = members.person(name);
    }

    @Test
    @DisplayName("Given each client of the realm, then actor_uid is the same, and another person's is another")
    void clients() throws Exception {
        List<String> actors = new ArrayList<>();
        for (Map.Entry<String, String> client : Map.of(
                        "web", settings.apiUrl() + "/",
                        "desktop", "http://127.0.0.1:41573/callback",
                        "mobile", "dev.latchkey.app:/oauth2redirect")
                .entrySet()) {
            Tokens tokens = new AnyClient(settings, client.getKey(), client.getValue())
                    .tokens("openid", name, Members.PASSWORD);
            actors.add(tokens.claim("actor_uid"));
            actors.add(tokens.idClaims().getStringClaim("actor_uid"));
        }

        assertThat(actors).hasSize(6).containsOnly(actors.get(0));
        assertThat(actors.get(0))
                .isNotEqualTo(
                        new SignIn(settings).withPassword("alice", "alice").claim("actor_uid"));
    }

    @Test
    @DisplayName("Given everything that tokens and the API show, then none of it is a key to actor_uid")
    void notComputable() throws Exception {
        Tokens tokens = new SignIn(settings).withPassword(name, Members.PASSWORD);
        Map<String, Object> me = Http.json(new Api(settings.apiUrl(), tokens.access()).get("/v1/me"));
        List<String> shown = Stream.of(
                        tokens.accessClaims().getClaims(), tokens.idClaims().getClaims(), me)
                .flatMap(claims -> claims.values().stream())
                .map(String::valueOf)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
        String identity = "password:" + id;

        assertThat(shown).hasSizeGreaterThan(10).contains(id);
        assertThat(hash(identity)).isNotEqualTo(tokens.claim("actor_uid"));
        for (String key : shown) {
            assertThat(hmac(key, identity)).isNotEqualTo(tokens.claim("actor_uid"));
            assertThat(hash(key)).isNotEqualTo(tokens.claim("actor_uid"));
        }
        assertThat(String.join(" ", shown)).doesNotContain(identity);
    }

    @Test
    @DisplayName(
            "Given an administrator looks at the tokens of somebody who has never signed in, then these show the actor, and fix nothing")
    void preview() throws Exception {
        String web = members.realm().clients().findByClientId("web").get(0).getId();
        var evaluate = members.realm().clients().get(web).clientScopesEvaluate();
        List<Object> shown = List.of(
                evaluate.generateAccessToken("openid", id, null)
                        .getOtherClaims()
                        .get("actor_uid"),
                evaluate.generateExampleIdToken("openid", id, null)
                        .getOtherClaims()
                        .get("actor_uid"),
                evaluate.generateExampleUserinfo("openid", id).get("actor_uid"));

        assertThat(String.valueOf(members.of(id).getAttributes())).doesNotContain("identity_of_record");
        Tokens tokens = new SignIn(settings).withPassword(name, Members.PASSWORD);
        assertThat(shown).hasSize(3).containsOnly(tokens.claim("actor_uid"));
        assertThat(members.of(id).getAttributes()).containsEntry("identity_of_record", List.of("password:" + id));
    }

    @Test
    @DisplayName("Given created_at, then it is when the account was made, not when it was changed or used")
    void createdAt() throws Exception {
        members.change(id, person -> person.singleAttribute("display_name", "Changed"));
        Tokens tokens = new SignIn(settings).withPassword(name, Members.PASSWORD);

        assertThat(tokens.accessClaims().getLongClaim("created_at"))
                .isEqualTo(members.of(id).getCreatedTimestamp() / 1000);
    }

    private static String hash(String text) throws Exception {
        return base64(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return base64(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
