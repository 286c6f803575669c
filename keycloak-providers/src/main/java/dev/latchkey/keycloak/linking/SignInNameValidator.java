package dev.latchkey.keycloak.linking;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.messages.Messages;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.userprofile.UserProfileAttributeValidationContext;
import org.keycloak.validate.AbstractStringValidator;
import org.keycloak.validate.ValidationContext;
import org.keycloak.validate.ValidationError;
import org.keycloak.validate.ValidatorConfig;

/**
 * Keeps user names and e-mails apart, which Keycloak looks up in turn when somebody signs in: a name that is an e-mail address keeps the
 * mailbox's owner from coming through a provider, and an e-mail that is somebody's name locks that person out (CVE-2026-19607). Admins
 * may do both; what an account has already is left alone.
 */
public final class SignInNameValidator extends AbstractStringValidator implements ConfiguredProvider {

    public static final String ID = "latchkey-sign-in-name";

    /** One of Keycloak's own: every theme has a text for it. */
    private static final String NAME_REFUSED = "error-username-invalid-character";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "For username and email. People may not choose a user name that looks like an e-mail address, nor an e-mail that is the"
                + " user name of somebody else.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    protected void doValidate(String value, String attribute, ValidationContext context, ValidatorConfig config) {
        AttributeContext profile =
                UserProfileAttributeValidationContext.from(context).getAttributeContext();
        RealmModel realm = profile.getSession().getContext().getRealm();
        if (profile.getContext().isAdminContext() || realm.isRegistrationEmailAsUsername()) {
            return;
        }
        UserModel user = profile.getUser();
        if (attribute.equals(UserModel.USERNAME)) {
            boolean kept = user != null && value.equalsIgnoreCase(user.getUsername());
            if (value.contains("@") && !kept) {
                context.addError(new ValidationError(ID, attribute, NAME_REFUSED));
            }
        } else if (isNameOfAnother(profile.getSession(), realm, value, user)) {
            context.addError(new ValidationError(ID, attribute, Messages.EMAIL_EXISTS));
        }
    }

    private static boolean isNameOfAnother(
            KeycloakSession session, RealmModel realm, String email, @Nullable UserModel user) {
        UserModel named = session.users().getUserByUsername(realm, email);
        return named != null && (user == null || !named.getId().equals(user.getId()));
    }
}
