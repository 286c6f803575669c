package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.localstack.social.Person;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Whom the hosted login would ask something, or not let in. */
class ProviderTokenAccountsIT extends ProviderTokenRefusals {

    @Test
    @DisplayName(
            "Given somebody whom the hosted login would ask something, then an e-mail of an existing account is not enough")
    void existing() {
        UserRepresentation existing = account(true);

        assertAskedToUseHostedLogin(app.newcomer(existing.getEmail(), true));
        assertAskedToUseHostedLogin(app.newcomer(existing.getEmail(), false));
        assertThat(realm.users().get(existing.getId()).getFederatedIdentity()).isEmpty();
    }

    @Test
    @DisplayName(
            "Given somebody whom the hosted login would ask something, then an e-mail that is somebody's user name locks nobody out")
    void userName() {
        String email = "name-" + System.nanoTime() + "@example.test";
        UserRepresentation named = account(email, "other-" + email, true);

        assertAskedToUseHostedLogin(app.newcomer(email, true));
        assertThat(realm.users().get(named.getId()).toRepresentation().getUsername())
                .isEqualTo(email);
    }

    @Test
    @DisplayName(
            "Given somebody whom the hosted login would ask something, then an e-mail that is not verified, or not exactly so, or none, makes no account")
    void unverified() {
        assertAskedToUseHostedLogin(app.newcomer(false));
        Person person = app.newcomer(true);
        for (UnaryOperator<JWTClaimsSet.Builder> change : List.<UnaryOperator<JWTClaimsSet.Builder>>of(
                claims -> claims.claim("email_verified", "true"),
                claims -> claims.claim("email_verified", 1),
                claims -> claims.claim("email_verified", null),
                claims -> claims.claim("email", null),
                claims -> claims.claim("email", "not an address"))) {
            assertRefused(
                    ProviderTokens.google(app.googleToken(person, change)),
                    400,
                    "interaction_required",
                    "kc_idp_hint=google");
        }
    }

    @Test
    @DisplayName(
            "Given somebody whom the hosted login would ask something, then required actions and consent are for the hosted login")
    void actions() {
        Person person = app.newcomer(true);
        String id = app.accepted(ProviderTokens.google(app.googleToken(person))).claim("sub");
        accounts++;

        change(id, user -> user.setRequiredActions(List.of("UPDATE_PROFILE")));
        assertAskedToUseHostedLogin(person);
        change(id, user -> user.setRequiredActions(List.of()));
        desktop(client -> client.setConsentRequired(true));
        Map<String, String> profile = ProviderTokens.google(app.googleToken(person));
        profile.put("scope", "openid profile");
        try {
            assertRefused(profile, 400, "interaction_required", "kc_idp_hint=google");
        } finally {
            desktop(client -> client.setConsentRequired(false));
        }
        app.accepted(ProviderTokens.google(app.googleToken(person)));
    }

    private void assertAskedToUseHostedLogin(Person person) {
        assertRefused(
                ProviderTokens.google(app.googleToken(person)), 400, "interaction_required", "kc_idp_hint=google");
    }

    @Test
    @DisplayName("Given a disabled or a locked account, then it stays closed, and the answers are the same")
    void closed() {
        Person person = app.newcomer(true);
        String id = app.accepted(ProviderTokens.google(app.googleToken(person))).claim("sub");
        accounts++;

        change(id, user -> user.setEnabled(false));
        HttpAnswer disabled = assertRefused(
                ProviderTokens.google(app.googleToken(person)), 400, "invalid_grant", "cannot sign in now");
        assertEvent("user_disabled");
        change(id, user -> user.setEnabled(true));
        lock(id);
        HttpAnswer locked = assertRefused(
                ProviderTokens.google(app.googleToken(person)), 400, "invalid_grant", "cannot sign in now");
        assertThat(locked).isEqualTo(disabled);
    }

    private void assertEvent(String error) {
        List<EventRepresentation> events =
                realm.getEvents(List.of("LOGIN_ERROR"), "desktop", null, null, null, null, 0, 1);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getError()).isEqualTo(error);
            assertThat(event.getDetails()).containsKeys("reason", "grant_type");
        });
    }

    private UserRepresentation account(boolean emailVerified) {
        String name = "existing-" + System.nanoTime();
        return account(name, name + "@example.test", emailVerified);
    }

    private UserRepresentation account(String name, String email, boolean emailVerified) {
        UserRepresentation user = new UserRepresentation();
        user.setUsername(name);
        user.setEmail(email);
        user.setEmailVerified(emailVerified);
        user.setEnabled(true);
        realm.users().create(user).close();
        accounts++;
        return realm.users().searchByUsername(name, true).get(0);
    }

    private void change(String id, Consumer<UserRepresentation> change) {
        UserRepresentation user = realm.users().get(id).toRepresentation();
        change.accept(user);
        realm.users().get(id).update(user);
    }

    /** As somebody does who guesses at the sign-in page. */
    private void lock(String id) {
        UserRepresentation user = realm.users().get(id).toRepresentation();
        desktop(client -> client.setDirectAccessGrantsEnabled(true));
        try {
            for (int i = 0; i < 12; i++) {
                app.send(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "desktop",
                        "username",
                        user.getUsername(),
                        "password",
                        "no"));
            }
        } finally {
            desktop(client -> client.setDirectAccessGrantsEnabled(false));
        }
        assertThat(realm.attackDetection().bruteForceUserStatus(id)).containsEntry("disabled", true);
    }

    private void desktop(Consumer<ClientRepresentation> change) {
        ClientRepresentation client = realm.clients().findByClientId("desktop").get(0);
        change.accept(client);
        realm.clients().get(client.getId()).update(client);
    }
}
