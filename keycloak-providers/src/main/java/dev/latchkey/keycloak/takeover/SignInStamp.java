package dev.latchkey.keycloak.takeover;

import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * Which state of an account a sign-in has begun with. Nobody can list the sign-ins that wait somewhere to be gone on with, so each is marked,
 * and the mark is compared at its end. The state is the time before which the account's tokens are void.
 */
public final class SignInStamp {

    private static final String NOTE = "latchkey.account_as_of";

    private SignInStamp() {}

    /** Of accounts that can be taken over; the first one stays. */
    static void put(KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn) {
        UserModel account = signIn.getAuthenticatedUser();
        if (account != null && !account.isEmailVerified() && !isOf(signIn, account) && goesOn(session, realm, signIn)) {
            signIn.setAuthNote(NOTE, account.getId() + " " + session.users().getNotBeforeOfUser(realm, account));
        }
    }

    /** A sign-in that has ended in this request must not come to life again. */
    private static boolean goesOn(KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn) {
        RootAuthenticationSessionModel root = session.authenticationSessions()
                .getRootAuthenticationSession(realm, signIn.getParentSession().getId());
        return root != null && root.getAuthenticationSessions().containsKey(signIn.getTabId());
    }

    private static boolean isOf(AuthenticationSessionModel signIn, UserModel account) {
        String note = signIn.getAuthNote(NOTE);
        return note != null && note.startsWith(account.getId() + " ");
    }

    /** Whether somebody has taken the account over since. */
    public static boolean isOutdated(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn, UserModel account) {
        return isOf(signIn, account)
                && !(account.getId() + " " + session.users().getNotBeforeOfUser(realm, account))
                        .equals(signIn.getAuthNote(NOTE));
    }

    static void outdateAll(KeycloakSession session, RealmModel realm, UserModel account) {
        int before = session.users().getNotBeforeOfUser(realm, account);
        session.users()
                .setNotBeforeForUser(
                        realm, account, Math.max(before + 1, Math.toIntExact(Time.currentTimeMillis() / 1000)));
    }

    static void remove(AuthenticationSessionModel signIn) {
        signIn.removeAuthNote(NOTE);
    }
}
