package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Access tokens of every client that the realm declares, with every scope it may ask for, against the table of docs/reference/claims.md. */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenBudgetIT {

    /** Bytes, with every attribute at its limit. */
    private static final int LARGEST = 4096;

    /** Characters, of Keycloak's column. */
    private static final int LONGEST_ALIAS = 255;

    /** Bytes of {@code actor_uid_previous}, which a rotation adds. */
    private static final int DURING_ROTATION = 100;

    /** Bytes, of a typical account. */
    private static final int TYPICAL = 1536;

    private StackSettings settings;
    private Members members;
    private Set<String> listed;
    private String name;
    private String workspace;

    @BeforeAll
    void makeSomebodyWithEverythingAtItsLimit(Running running) throws Exception {
        settings = running.settings();
        members = new Members(settings);
        listed = Stream.concat(claimsOf(Path.of("../docs/reference/claims.md")), Stream.of("cnf"))
                .collect(Collectors.toSet());
        String unique = Members.newName();
        name = (unique + "x".repeat(255)).substring(0, 255);
        String host = ("a".repeat(60) + ".").repeat(3) + "test";
        String id = members.person(name, (unique + "y".repeat(64)).substring(0, 64) + "@" + host);
        members.change(id, TokenBudgetIT::fill);
        workspace = (Members.newName() + "z".repeat(255)).substring(0, LONGEST_ALIAS);
        members.join(members.workspace(workspace), id);
    }

    private static void fill(UserRepresentation person) {
        // Three bytes each in UTF-8, which are six when written as an escape.
        person.singleAttribute("display_name", "語".repeat(53) + "x");
        person.singleAttribute("industry", "語".repeat(40));
        person.singleAttribute("job_title", "語".repeat(40));
        person.singleAttribute("email_consent", "false");
        person.singleAttribute("onboarding_completed", "false");
        person.singleAttribute("tier", "t".repeat(32));
        person.singleAttribute("owner_id", "o".repeat(128));
        person.getAttributes()
                .put(
                        "permissions",
                        IntStream.range(0, 10).mapToObj(i -> i + "p".repeat(31)).toList());
    }

    @Test
    @DisplayName(
            "Given every client and scope, with every attribute at its limit, then under 4 KiB and nothing that is not listed")
    void everyCombination() throws Exception {
        List<ClientRepresentation> ours = members.realm().clients().findAll().stream()
                .filter(client -> Set.of("web", "desktop", "mobile", "backend").contains(client.getClientId()))
                .sorted(Comparator.comparing(ClientRepresentation::getClientId))
                .toList();
        assertThat(ours).hasSize(4);
        int largest = 0;
        for (ClientRepresentation client : ours) {
            for (String scope : scopes(client)) {
                String token = client.isPublicClient() ? ofPerson(client.getClientId(), scope) : ofService(scope);
                assertListed(token, client.getClientId() + " with " + scope);
                assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims().containsKey("workspace"))
                        .as(scope)
                        .isEqualTo(scope.contains("organization:"));
                largest = Math.max(largest, token.length());
            }
        }
        assertThat(largest).as("bytes of the largest").isBetween(TYPICAL, LARGEST - DURING_ROTATION);
    }

    @Test
    @DisplayName("Given a token bound to a key, or one that was exchanged, then it is held to the same")
    void boundAndExchanged() throws Exception {
        HttpResponse<String> bound = new SignIn(settings)
                .boundTo(ClientKey.fresh())
                .asking("openid profile email organization:" + workspace)
                .answerToPassword(name, Members.PASSWORD);
        assertListed(Tokens.of(Http.json(bound)).access(), "bound to a key");

        HttpResponse<String> exchanged = Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token",
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "client_id", "resource-api",
                        "client_secret", settings.secrets().resourceApiClient(),
                        "subject_token", ofPerson("web", "openid profile email"),
                        "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
                        "audience", "sync"));
        assertThat(exchanged.statusCode()).as(exchanged.body()).isEqualTo(200);
        String forSync = (String) Http.json(exchanged).get("access_token");
        assertThat(SignedJWT.parse(forSync).getJWTClaimsSet().getClaims().keySet())
                .isSubsetOf(listed)
                .contains("owner_id");
        assertThat(SignedJWT.parse(forSync).getJWTClaimsSet().getAudience()).containsExactly("sync");
        assertThat(forSync).hasSizeLessThan(TYPICAL);
    }

    @Test
    @DisplayName("Given a typical account, then under 1.5 KiB")
    void typical() throws Exception {
        String typical = Members.newName();
        String id = members.person(typical);
        members.change(id, person -> {
            person.singleAttribute("display_name", "Octavia Estelle Butler");
            person.singleAttribute("industry", "Publishing");
            person.singleAttribute("job_title", "Author");
            person.singleAttribute("email_consent", "true");
            person.singleAttribute("onboarding_completed", "true");
            person.singleAttribute("tier", "pro");
            person.getAttributes().put("permissions", List.of("sync", "export"));
        });

        Tokens tokens = new SignIn(settings).withPassword(typical, Members.PASSWORD);

        assertThat(tokens.accessClaims().getJSONObjectClaim("user_metadata")).hasSize(5);
        assertThat(tokens.access()).hasSizeLessThan(TYPICAL);
    }

    /** Each optional scope alone, and all that go together. */
    private List<String> scopes(ClientRepresentation client) {
        List<String> optional = client.getOptionalClientScopes().stream()
                .map(scope -> scope.equals("organization") ? "organization:" + workspace : scope)
                .toList();
        List<String> scopes = new ArrayList<>(List.of("openid"));
        // A service account is no member of a workspace, and nobody acts for two owners at once.
        optional.stream()
                .filter(scope -> client.isPublicClient() || !scope.startsWith("organization"))
                .forEach(scope -> scopes.add("openid " + scope));
        for (String owner : client.isPublicClient() ? List.of("organization", "personal") : List.of("personal")) {
            String other = owner.equals("personal") ? "organization" : "personal";
            scopes.add("openid "
                    + optional.stream()
                            .filter(scope -> !scope.startsWith(other))
                            .collect(Collectors.joining(" ")));
        }
        return scopes;
    }

    private String ofPerson(String clientId, String scope) throws Exception {
        String redirect = members.realm()
                .clients()
                .findByClientId(clientId)
                .get(0)
                .getRedirectUris()
                .get(0);
        return new AnyClient(settings, clientId, redirect)
                .tokens(scope, name, Members.PASSWORD)
                .access();
    }

    private String ofService(String scope) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "client_credentials",
                "client_id", "backend",
                "client_secret", settings.secrets().backendClient()));
        form.put("scope", scope);
        HttpResponse<String> answer = Http.postForm(settings.issuer() + "/protocol/openid-connect/token", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return (String) Http.json(answer).get("access_token");
    }

    private void assertListed(String token, String which) throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(claims.getClaims().keySet())
                .as(which)
                .isSubsetOf(listed)
                .contains("owner_id", "actor_uid", "provider");
        assertThat(claims.getAudience()).as(which).containsExactly("resource-api");
        assertThat(token).as(which).hasSizeLessThan(LARGEST);
    }

    /** Names in the first column of the page's first table, of those that access tokens may carry. */
    private static Stream<String> claimsOf(Path page) throws Exception {
        Set<String> claims = Files.readAllLines(page).stream()
                .dropWhile(line -> !line.startsWith("| claim |"))
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|"))
                .filter(row -> row[2].matches(".*\\b(access|all)\\b.*"))
                .map(row -> row[1])
                .flatMap(cell -> Stream.of(cell.split("[` ,]+")))
                .filter(word -> word.matches("[a-z_]{3,}"))
                .collect(Collectors.toSet());
        assertThat(claims).contains("owner_id", "actor_uid", "exp", "sid").hasSizeBetween(15, 30);
        return claims.stream();
    }
}
