package dev.latchkey.samples;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCScopeValue;
import com.nimbusds.openid.connect.sdk.Prompt;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** In the system browser, whose answer comes to a port of this process (RFC 8252 §7.3). The code is of no use to anybody else: PKCE, RFC 7636. */
final class BrowserSignIn implements SignIn {

    private final OpenIdProvider provider;
    private final Duration timeout;
    private final Optional<String> upstream;
    private final boolean chooseAccount;

    /**
     * Opens nothing yet.
     *
     * @param timeout how long to wait for the person
     * @param upstream alias of the provider to go to without a stop at the hosted page
     * @param chooseAccount whether the provider is to ask which account, even if only one is signed in there
     */
    BrowserSignIn(OpenIdProvider provider, Duration timeout, Optional<String> upstream, boolean chooseAccount) {
        this.provider = provider;
        this.timeout = timeout;
        this.upstream = upstream;
        this.chooseAccount = chooseAccount;
    }

    @Override
    public Tokens tokens() throws SignInException, InterruptedException {
        State state = new State();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        try (LoopbackListener listener =
                LoopbackListener.open(state, provider.metadata().getIssuer())) {
            SystemBrowser.open(question(listener.redirectUri(), state, nonce, verifier));
            AuthorizationCodeGrant grant =
                    new AuthorizationCodeGrant(listener.code(timeout), listener.redirectUri(), verifier);
            return provider.tokens(grant, nonce);
        } catch (RefusedException | IOException e) {
            throw new SignInException("Not signed in: " + e.getMessage(), e);
        }
    }

    private URI question(URI redirectUri, State state, Nonce nonce, CodeVerifier verifier) {
        AuthenticationRequest.Builder question = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope(OIDCScopeValue.OPENID), provider.client(), redirectUri)
                .endpointURI(provider.metadata().getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256);
        upstream.ifPresent(alias -> question.customParameter("kc_idp_hint", alias));
        if (chooseAccount) {
            question.prompt(new Prompt(Prompt.Type.SELECT_ACCOUNT));
        }
        return question.build().toURI();
    }
}
