package dev.latchkey.journey;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import dev.latchkey.localstack.social.RealUpstreams;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** An app that holds tokens of providers, and brings them to the realm with the real provider types. */
record ProviderTokens(Running running) {

    static final String GRANT_TYPE = "urn:latchkey:params:oauth:grant-type:provider-token";

    /** The app as Google knows it on Android; tokens are meant for the broker's client all the same. */
    static final String ANDROID = "real-google-android";

    /** Nobody has met them yet. */
    Person newcomer(boolean emailVerified) {
        String login = "p" + UUID.randomUUID().toString().substring(0, 8);
        return newcomer(login + "@example.test", emailVerified);
    }

    Person newcomer(String email, boolean emailVerified) {
        String login = "p" + UUID.randomUUID().toString().substring(0, 8);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String subject = "1" + random.nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE);
        return running.upstreams()
                .introduce(new Person(
                        login,
                        "Given",
                        "Family",
                        subject,
                        random.nextLong(1_000_000, Long.MAX_VALUE),
                        email,
                        emailVerified));
    }

    /** As Google issues it to the broker's own client. */
    String googleToken(Person person) {
        return googleToken(person, claims -> claims);
    }

    String googleToken(Person person, UnaryOperator<JWTClaimsSet.Builder> change) {
        return running.upstreams().idToken(change.apply(claims(person)).build());
    }

    static JWTClaimsSet.Builder claims(Person person) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("https://accounts.google.com")
                .audience(RealUpstreams.GOOGLE_CLIENT.id())
                .claim("azp", RealUpstreams.GOOGLE_CLIENT.id())
                .subject(person.googleSubject())
                .claim("name", person.name())
                .claim("given_name", person.givenName())
                .claim("family_name", person.familyName())
                .claim("email", person.email())
                .claim("email_verified", person.emailVerified())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)));
    }

    String gitHubToken(Person person) {
        return running.upstreams().gitHubToken(person, RealUpstreams.GITHUB_CLIENT.id());
    }

    /** What {@code desktop} sends with an ID token of Google's. */
    static Map<String, String> google(String token) {
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", GRANT_TYPE);
        form.put("client_id", "desktop");
        form.put("provider", "google");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        form.put("subject_token", token);
        form.put("scope", "openid");
        return form;
    }

    /** What {@code desktop} sends with an access token of GitHub's. */
    static Map<String, String> gitHub(String token) {
        Map<String, String> form = google(token);
        form.put("provider", "github");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        return form;
    }

    HttpResponse<String> send(Map<String, String> form) {
        return sendEncoded(Http.encode(form));
    }

    HttpResponse<String> sendEncoded(String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint("token")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return Http.send(request.build());
    }

    Tokens accepted(Map<String, String> form) {
        HttpResponse<String> answer = send(form);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return Tokens.of(Http.json(answer));
    }

    HttpResponse<String> refresh(Tokens tokens) {
        return send(Map.of("grant_type", "refresh_token", "client_id", "desktop", "refresh_token", tokens.refresh()));
    }

    String endpoint(String name) {
        return "%s/realms/%s/protocol/openid-connect/%s"
                .formatted(running.settings().keycloakUrl(), RunningStack.REAL_PROVIDERS_REALM, name);
    }
}
