package dev.latchkey.keycloak.linking;

import dev.latchkey.keycloak.lock.RowLock;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The step that applies {@link Linking} to a hosted sign-in. Where an account has to be proven, it leaves that to the steps after it.
 *
 * <p>It also replaces Keycloak's step <em>Create User If Unique</em>, which consumes a proof of e-mail ownership that is not bound to the
 * identity it was given for (CVE-2026-82968).
 */
final class FirstBrokerLogin extends AbstractIdpAuthenticator {

    static final FirstBrokerLogin INSTANCE = new FirstBrokerLogin();

    private FirstBrokerLogin() {}

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext brokered) {
        if (context.getAuthenticationSession().getAuthNote(EXISTING_USER_INFO) != null) {
            context.attempted();
            return;
        }
        BrokeredIdentity identity = BrokeredIdentities.of(brokered);
        // Else of two who bring the same new e-mail at once, one ends with an error of the database.
        RowLock.of(context.getSession(), context.getRealm());
        Outcome outcome = Linking.decide(context.getSession(), context.getRealm(), identity);
        if (outcome instanceof Outcome.Create create && create.unconfirmed() != null && keepsUnconfirmed(context)) {
            refuse(context, brokered, Refusal.UNCONFIRMED_ACCOUNT);
        } else if (outcome instanceof Outcome.Create create) {
            create(context, create, identity, brokered);
        } else if (outcome instanceof Outcome.Prove prove) {
            askForProof(context, prove.account(), identity);
        } else {
            // Found: the identity has been linked since this sign-in began, and Keycloak goes on to link it once more.
            refuse(
                    context,
                    brokered,
                    outcome instanceof Outcome.Refused refused ? refused.why() : Refusal.LINKED_MEANWHILE);
        }
    }

    private static boolean keepsUnconfirmed(AuthenticationFlowContext context) {
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        return config != null && Boolean.parseBoolean(config.getConfig().get(FirstBrokerLoginFactory.KEEP_UNCONFIRMED));
    }

    private static void create(
            AuthenticationFlowContext context,
            Outcome.Create create,
            BrokeredIdentity identity,
            BrokeredIdentityContext brokered) {
        UserModel account = new NewAccount(context.getSession(), context.getRealm()).create(create, identity, brokered);
        if (create.unconfirmed() != null) {
            tellAdmins(context.getEvent(), create.unconfirmed(), identity);
        }
        var notes = context.getAuthenticationSession();
        LinkOfAFirstSignIn.made(notes, account);
        if (!identity.emailVerified()) {
            // Else Keycloak would take an e-mail for verified of which the ID token says nothing.
            notes.setAuthNote(AbstractIdentityProvider.UPDATE_PROFILE_EMAIL_CHANGED, "true");
            // As after a registration: who confirms the e-mail in another sign-in does not let this one in.
            notes.setAuthNote(AuthenticationManager.NEW_USER_REGISTERED, "true");
        }
        context.setUser(account);
        context.success();
    }

    private static void tellAdmins(EventBuilder event, UserModel unconfirmed, BrokeredIdentity identity) {
        event.clone()
                .event(EventType.UPDATE_EMAIL)
                .user(unconfirmed)
                .detail(Details.PREVIOUS_EMAIL, identity.email())
                .removeDetail(Details.IDENTITY_PROVIDER_USERNAME)
                .success();
    }

    private static void askForProof(AuthenticationFlowContext context, UserModel account, BrokeredIdentity identity) {
        ExistingUserInfo existing = new ExistingUserInfo(account.getId(), UserModel.EMAIL, identity.email());
        context.getAuthenticationSession().setAuthNote(EXISTING_USER_INFO, existing.serialize());
        // Else the password form takes any account's name and password, and Keycloak links that one.
        context.setUser(account);
        context.attempted();
    }

    private static void refuse(AuthenticationFlowContext context, BrokeredIdentityContext brokered, Refusal why) {
        context.getEvent()
                .removeDetail(Details.IDENTITY_PROVIDER_USERNAME)
                .detail(Details.REASON, why.name())
                .error(Errors.IDENTITY_PROVIDER_LOGIN_FAILURE);
        // Else the next person to sign in on this page would have the refused identity linked to their account.
        context.getAuthenticationSession().removeAuthNote(BROKERED_CONTEXT_NOTE);
        // Not context.form(), whose page offers the alternatives after this step: to link without what is missing here.
        Response page = RefusedPage.of(
                context.getSession(),
                context.getAuthenticationSession(),
                why.messageKey(),
                KeycloakModelUtils.getIdentityProviderDisplayName(context.getSession(), brokered.getIdpConfig()));
        context.failureChallenge(AuthenticationFlowError.IDENTITY_PROVIDER_ERROR, page);
    }

    /** The page has no form: its link begins the sign-in anew. */
    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext brokered) {
        authenticateImpl(context, serialized, brokered);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }
}
