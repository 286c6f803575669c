package dev.latchkey.samples;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import picocli.CommandLine.Option;

/** What every sample is told: where to sign in, and which API to call. */
final class Target {

    private static final int MILLIS = 30_000;

    @Option(
            names = "--issuer",
            defaultValue = "http://localhost:8180/realms/latchkey",
            description = "Where to sign in (default: ${DEFAULT-VALUE})")
    URI issuer = URI.create("");

    @Option(
            names = "--api",
            defaultValue = "http://localhost:8080",
            description = "The API (default: ${DEFAULT-VALUE})")
    URI api = URI.create("");

    @Option(names = "--client", defaultValue = "desktop", description = "Client id (default: ${DEFAULT-VALUE})")
    String client = "";

    @Option(
            names = "--timeout",
            defaultValue = "300",
            description = "Seconds to wait for the person (default: ${DEFAULT-VALUE})")
    int timeout;

    @Option(names = "--sign-out", description = "End the sign-in instead")
    boolean signOut;

    OpenIdProvider provider() throws SignInException {
        return OpenIdProvider.discover(issuer, client);
    }

    Duration patience() {
        return Duration.ofSeconds(timeout);
    }

    /** One for each issuer and client. */
    TokenStore store() throws SignInException {
        byte[] name = (issuer + " " + client).getBytes(StandardCharsets.UTF_8);
        try {
            return TokenStore.of(UUID.nameUUIDFromBytes(name).toString());
        } catch (IOException e) {
            throw new SignInException("There is no place for the tokens: " + e.getMessage(), e);
        }
    }

    int run(Account account) throws SignInException, InterruptedException {
        if (signOut) {
            boolean signedIn = account.signOut();
            System.out.println(signedIn ? "Signed out." : "Nobody is signed in here.");
            return signedIn ? 0 : 1;
        }
        return callMe(account.accessToken());
    }

    private int callMe(String accessToken) throws SignInException {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, api.resolve("/v1/me"));
        request.setAuthorization(new BearerAccessToken(accessToken).toAuthorizationHeader());
        request.setConnectTimeout(MILLIS);
        request.setReadTimeout(MILLIS);
        try {
            HTTPResponse response = request.send();
            System.out.println("GET /v1/me: " + response.getStatusCode());
            System.out.println(response.getBody());
            return response.indicatesSuccess() ? 0 : 1;
        } catch (IOException e) {
            throw new SignInException("The API does not answer: " + e.getMessage(), e);
        }
    }
}
