package dev.latchkey.localstack.social;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Both providers behind one HTTP server. */
public final class SocialHandler implements HttpHandler {

    private interface Endpoint {
        void answer(Call call) throws IOException;
    }

    private final Map<String, Endpoint> endpoints;

    private SocialHandler(Map<String, Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    /** Both on one host, told apart by the first part of the path. */
    static SocialHandler onOneHost(String baseUrl, RegisteredClient googleClient, RegisteredClient gitHubClient) {
        Clock clock = Clock.systemUTC();
        Google google = new Google(
                googleClient,
                Person.SAMPLES,
                GoogleAddresses.below(baseUrl + "/google"),
                clock,
                new SigningKeys(),
                UnaryOperator.identity());
        GitHub gitHub = new GitHub(gitHubClient, Person.SAMPLES, new Grants(clock));
        Map<String, Endpoint> endpoints = new TreeMap<>();
        endpoints.put("/google/authorize", google::authorize);
        endpoints.put("/google/token", google::token);
        endpoints.put("/google/userinfo", google::userInfo);
        endpoints.put("/google/certs", google::certificates);
        endpoints.put("/google/.well-known/openid-configuration", google::configuration);
        endpoints.put("/github/login/oauth/authorize", gitHub::authorize);
        endpoints.put("/github/login/oauth/access_token", gitHub::token);
        endpoints.put("/github/api" + gitHub.checkPath(), gitHub::check);
        endpoints.put("/github/api/user", gitHub::user);
        endpoints.put("/github/api/user/emails", gitHub::emails);
        return new SocialHandler(endpoints);
    }

    /**
     * Each under its real host names and paths. The server in front has to speak TLS for these hosts, and whoever calls
     * has to be led there by a proxy.
     */
    static SocialHandler onRealHosts(
            RegisteredClient googleClient,
            RegisteredClient gitHubClient,
            List<Person> people,
            SigningKeys keys,
            UnaryOperator<JWTClaimsSet> twist,
            Grants gitHubGrants) {
        Clock clock = Clock.systemUTC();
        Google google = new Google(googleClient, people, GoogleAddresses.REAL, clock, keys, twist);
        GitHub gitHub = new GitHub(gitHubClient, people, gitHubGrants);
        Map<String, Endpoint> endpoints = new TreeMap<>();
        endpoints.put("accounts.google.com/o/oauth2/v2/auth", google::authorize);
        endpoints.put("accounts.google.com/.well-known/openid-configuration", google::configuration);
        endpoints.put("oauth2.googleapis.com/token", google::token);
        endpoints.put("openidconnect.googleapis.com/v1/userinfo", google::userInfo);
        endpoints.put("www.googleapis.com/oauth2/v3/certs", google::certificates);
        endpoints.put("github.com/login/oauth/authorize", gitHub::authorize);
        endpoints.put("github.com/login/oauth/access_token", gitHub::token);
        endpoints.put("api.github.com" + gitHub.checkPath(), gitHub::check);
        endpoints.put("api.github.com/user", gitHub::user);
        endpoints.put("api.github.com/user/emails", gitHub::emails);
        return new SocialHandler(endpoints);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(exchange);
            try {
                endpoint(exchange).answer(call);
            } catch (Refusal refusal) {
                call.json(refusal.status(), refusal.body());
            }
        }
    }

    private Endpoint endpoint(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String host = exchange.getRequestHeaders().getFirst("Host");
        Endpoint endpoint = endpoints.get(path);
        if (endpoint == null) {
            endpoint = endpoints.get(host + path);
        }
        if (endpoint == null) {
            throw new Refusal(404, "not_found", "The stand-in knows no such address.");
        }
        return endpoint;
    }
}
