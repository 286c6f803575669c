package dev.latchkey.samples;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Optional;

/** The person of this application on this machine, in whichever process. */
final class Account {

    private final OpenIdProvider provider;
    private final TokenStore store;
    private final SignIn signIn;

    Account(OpenIdProvider provider, TokenStore store, SignIn signIn) {
        this.provider = provider;
        this.store = store;
        this.signIn = signIn;
    }

    /**
     * An access token that is good for a while: the one that is kept, else by a refresh, else by a sign-in. One process at a time, because a
     * refresh token works once: the next one finds what this one has got.
     */
    String accessToken() throws SignInException, InterruptedException {
        try (FileChannel locked = store.lock()) {
            assert locked.isOpen();
            Optional<Tokens> kept = store.load();
            if (kept.isPresent() && kept.get().usableAt(Instant.now())) {
                return kept.get().access();
            }
            Optional<Tokens> refreshed = kept.isPresent() ? refreshed(kept.get()) : Optional.empty();
            if (refreshed.isEmpty()) {
                // If the person gives up now, the next run must not send the old one again.
                store.clear();
            }
            Tokens tokens = refreshed.isPresent() ? refreshed.get() : signIn.tokens();
            store.save(tokens);
            return tokens.access();
        } catch (IOException e) {
            throw new SignInException("The keychain fails: " + e.getMessage(), e);
        }
    }

    /**
     * Empty if the refresh token is no longer good, or if no answer came: then it may be spent, and using a spent one again looks like theft
     * (RFC 9700 §4.14.2). A new authorization costs the person nothing while the browser has its sign-in cookie.
     */
    private Optional<Tokens> refreshed(Tokens tokens) {
        try {
            return Optional.of(provider.tokens(new RefreshTokenGrant(new RefreshToken(tokens.refresh())), null));
        } catch (RefusedException | IOException e) {
            System.out.println("The sign-in could not be renewed.");
            return Optional.empty();
        }
    }

    /** Leaves the sign-in as it is at the server: other applications may be using it. */
    void forget() throws SignInException {
        try (FileChannel locked = store.lock()) {
            assert locked.isOpen();
            store.clear();
        } catch (IOException e) {
            throw new SignInException("The keychain fails: " + e.getMessage(), e);
        }
    }

    /**
     * Ends the sign-in at the server and forgets it here; also if the server does not answer.
     *
     * @return whether anybody was signed in
     */
    boolean signOut() throws SignInException {
        try (FileChannel locked = store.lock()) {
            assert locked.isOpen();
            Optional<Tokens> kept = store.load();
            store.clear();
            if (kept.isPresent() && !provider.signOut(kept.get().refresh())) {
                System.out.println("It had ended already.");
            }
            return kept.isPresent();
        } catch (IOException e) {
            throw new SignInException("Not signed out at the server: " + e.getMessage(), e);
        }
    }
}
