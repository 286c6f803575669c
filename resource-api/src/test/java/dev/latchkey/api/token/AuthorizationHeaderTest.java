package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

class AuthorizationHeaderTest {

    private static final String ALPHABET = "aZ09-._~+/= \t=,;\"é";
    private static final long SEED = 20261121;
    private static final int RANDOM_HEADERS = 2_000;

    private final AuthorizationHeader header = new AuthorizationHeader();
    private final BearerTokenResolver springs = new DefaultBearerTokenResolver();

    static Stream<String> headers() {
        Stream<String> known = Stream.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer =",
                "Bearer ==",
                "Bearer a",
                "bearer a",
                "BEARER a=",
                "Bearer a==",
                "Bearer =a",
                "Bearer a=b",
                "Bearer  a",
                " Bearer a",
                "Bearer a ",
                "Bearer\ta",
                "BearerX a",
                "Bearer_a",
                "Bearer a b",
                "Bearer a,b",
                "Basic YTpi",
                "DPoP a",
                "Bearer a\nb",
                "Bearer a\n",
                "Bearer é",
                "Bearer a.b-c_d~e+f/g",
                "Bearera");
        Random random = new Random(SEED);
        Stream<String> others = Stream.generate(() -> "Bearer " + text(random)).limit(RANDOM_HEADERS);
        return Stream.concat(known, others);
    }

    @Test
    void givenAHeader_thenItIsWhatSpringsRuleMakesOfIt() {
        assertThat(headers())
                .allSatisfy(value -> assertThat(outcome(header, value)).isEqualTo(outcome(springs, value)));
    }

    @Test
    void givenHeadersOfBothOutcomes_thenTheyWereAmongThose() {
        assertThat(headers().map(value -> outcome(header, value)).distinct())
                .contains("none", "refused: Bearer token is malformed", "token a==");
    }

    @Test
    void givenTwoHeaders_thenRefused() {
        var request = request("Bearer a");
        request.addHeader(HttpHeaders.AUTHORIZATION, "Bearer a");

        assertThatThrownBy(() -> header.resolve(request)).hasMessage("More than one Authorization header");
    }

    @Test
    void givenATokenInTheQuery_thenNone() {
        var request = new MockHttpServletRequest("GET", "/v1/me");
        request.setParameter("access_token", "a");

        assertThat(header.resolve(request)).isNull();
    }

    private static String outcome(BearerTokenResolver resolver, String value) {
        try {
            @Nullable String token = resolver.resolve(request(value));
            return token == null ? "none" : "token " + token;
        } catch (OAuth2AuthenticationException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static MockHttpServletRequest request(String value) {
        var request = new MockHttpServletRequest("GET", "/v1/me");
        request.addHeader(HttpHeaders.AUTHORIZATION, value);
        return request;
    }

    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length()))))
                .collect(Collectors.joining());
    }
}
