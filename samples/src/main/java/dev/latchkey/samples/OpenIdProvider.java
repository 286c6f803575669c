package dev.latchkey.samples;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCScopeValue;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server that signs people in, as a public client sees it. */
final class OpenIdProvider {

    private static final int MILLIS = 30_000;

    private final OIDCProviderMetadata metadata;
    private final ClientID client;

    private OpenIdProvider(OIDCProviderMetadata metadata, ClientID client) {
        this.metadata = metadata;
        this.client = client;
    }

    /** Reads where its endpoints are (OpenID Connect Discovery 1.0 §4). */
    static OpenIdProvider discover(URI issuer, String client) throws SignInException {
        try {
            return new OpenIdProvider(
                    OIDCProviderMetadata.resolve(new Issuer(issuer), MILLIS, MILLIS), new ClientID(client));
        } catch (GeneralException | IOException e) {
            throw new SignInException("There is no sign-in at %s: %s".formatted(issuer, e.getMessage()), e);
        }
    }

    OIDCProviderMetadata metadata() {
        return metadata;
    }

    ClientID client() {
        return client;
    }

    /**
     * Trades a grant for tokens.
     *
     * @param nonce of the authorization request; null if there was none
     * @throws IOException if no answer came: whether the grant is used up, nobody knows
     */
    Tokens tokens(AuthorizationGrant grant, @Nullable Nonce nonce) throws RefusedException, IOException {
        HTTPResponse answer = send(new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant)
                .build()
                .toHTTPRequest());
        try {
            TokenResponse response = OIDCTokenResponseParser.parse(answer);
            if (!response.indicatesSuccess()) {
                throw new RefusedException(response.toErrorResponse().getErrorObject());
            }
            OIDCTokenResponse success = (OIDCTokenResponse) response.toSuccessResponse();
            check(success, nonce);
            var tokens = success.getOIDCTokens();
            if (tokens.getRefreshToken() == null) {
                throw new IOException("the answer lacks a refresh token");
            }
            return new Tokens(
                    tokens.getAccessToken().getValue(),
                    Instant.now().plusSeconds(tokens.getAccessToken().getLifetime()),
                    tokens.getRefreshToken().getValue());
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    /** OpenID Connect Core 1.0 §3.1.3.7: issuer, audience, times, signature, and that it answers our request. */
    private void check(OIDCTokenResponse response, @Nullable Nonce nonce) throws IOException {
        try {
            new IDTokenValidator(
                            metadata.getIssuer(),
                            client,
                            JWSAlgorithm.RS256,
                            metadata.getJWKSetURI().toURL(),
                            new DefaultResourceRetriever(MILLIS, MILLIS))
                    .validate(response.getOIDCTokens().getIDToken(), nonce);
        } catch (BadJOSEException | JOSEException e) {
            throw new IOException("the ID token is not valid", e);
        }
    }

    /** RFC 8628 §3.1. */
    DeviceAuthorizationSuccessResponse askForDeviceCode() throws RefusedException, IOException {
        HTTPResponse answer = send(new DeviceAuthorizationRequest.Builder(client)
                .endpointURI(metadata.getDeviceAuthorizationEndpointURI())
                .scope(new Scope(OIDCScopeValue.OPENID))
                .build()
                .toHTTPRequest());
        try {
            DeviceAuthorizationResponse response = DeviceAuthorizationResponse.parse(answer);
            if (!response.indicatesSuccess()) {
                throw new RefusedException(response.toErrorResponse().getErrorObject());
            }
            return response.toSuccessResponse();
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    /**
     * Ends the sign-in, that of the browser too. Keycloak takes a refresh token at the endpoint to which others send the browser.
     *
     * @return whether it was still there
     * @throws IOException if nobody knows: no answer came, or that of something else than the endpoint
     */
    boolean signOut(String refreshToken) throws IOException {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, metadata.getEndSessionEndpointURI());
        request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
        request.setBody(URLUtils.serializeParameters(
                Map.of("client_id", List.of(client.getValue()), "refresh_token", List.of(refreshToken))));
        HTTPResponse answer = send(request);
        if (!answer.indicatesSuccess() && answer.getStatusCode() != HTTPResponse.SC_BAD_REQUEST) {
            throw new IOException("the answer is " + answer.getStatusCode());
        }
        return answer.indicatesSuccess();
    }

    private static HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(MILLIS);
        request.setReadTimeout(MILLIS);
        request.setFollowRedirects(false);
        return request.send();
    }
}
