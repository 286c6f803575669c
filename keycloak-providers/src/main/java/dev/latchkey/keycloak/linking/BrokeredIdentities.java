package dev.latchkey.keycloak.linking;

import dev.latchkey.keycloak.version.ByName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.JsonSerialization;

/** Reads what a broker said out of what Keycloak keeps of it. */
public final class BrokeredIdentities {

    private static final ByName IS_TRUST_EMAIL = ByName.method(IdentityProviderModel.class, "isTrustEmail");

    /** Key of the context data: an address that the broker's provider has found to be verified, where no ID token could say it. */
    public static final String VERIFIED_EMAIL = "latchkey.verified_email";

    private static final ByName SET_BROKER = ByName.method(BrokeredIdentityContext.class, "setIdp");

    private BrokeredIdentities() {}

    /** Notes who has told the identity: Keycloak asks it on, while somebody signs in. */
    public static void setBroker(BrokeredIdentityContext context, AbstractIdentityProvider<?> broker) {
        SET_BROKER.call(context, broker);
    }

    /**
     * An e-mail counts as verified only if the very document that names it says so: of an e-mail from userinfo, an ID token with another
     * address says nothing (CVE-2026-14781). The broker's switch "Trust Email" must be on for documents of OpenID Connect.
     */
    public static BrokeredIdentity of(BrokeredIdentityContext context) {
        return new BrokeredIdentity(
                context.getIdpConfig().getAlias(), context.getId(), context.getEmail(), isEmailVerified(context));
    }

    private static boolean isEmailVerified(BrokeredIdentityContext context) {
        String email = context.getEmail();
        Map<String, Object> data = context.getContextData();
        if (email == null) {
            return false;
        }
        if (email.equalsIgnoreCase((String) data.get(VERIFIED_EMAIL))) {
            return true;
        }
        return Boolean.TRUE.equals(IS_TRUST_EMAIL.call(context.getIdpConfig()))
                && (vouchesFor(email, idToken(data)) || vouchesFor(email, userInfo(data)));
    }

    private static boolean vouchesFor(String email, Map<?, ?> document) {
        return document.get(IDToken.EMAIL) instanceof String named
                && email.equalsIgnoreCase(named)
                && Boolean.TRUE.equals(document.get(IDToken.EMAIL_VERIFIED));
    }

    private static Map<?, ?> idToken(Map<String, Object> data) {
        return data.get(OIDCIdentityProvider.VALIDATED_ID_TOKEN) instanceof JsonWebToken token
                ? token.getOtherClaims()
                : Map.of();
    }

    private static Map<?, ?> userInfo(Map<String, Object> data) {
        Object userInfo = data.get(OIDCIdentityProvider.USER_INFO);
        try {
            return userInfo == null ? Map.of() : JsonSerialization.readValue(userInfo.toString(), Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
