package dev.latchkey.keycloak.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.UserProfileConstants;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.validate.ValidationError;

/**
 * Judges values that are set for a person, by the realm's user profile. Its context for administrators is asked, because those for the
 * person are made for forms: they leave out what no form shows, and attributes whose scope the client has not requested. Whether the person
 * may edit one is looked up instead.
 */
public final class OwnProfile {

    private final UPConfig declared;
    private final Attributes attributes;

    /** @param person null for somebody who has no account yet */
    public OwnProfile(KeycloakSession session, Map<String, List<String>> values, @Nullable UserModel person) {
        UserProfileProvider profiles = session.getProvider(UserProfileProvider.class);
        this.declared = profiles.getConfiguration();
        this.attributes = (person == null
                        ? profiles.create(UserProfileContext.USER_API, values)
                        : profiles.create(UserProfileContext.USER_API, values, person))
                .getAttributes();
    }

    public boolean isDeclared(String name) {
        return declared.getAttribute(name) != null;
    }

    public boolean isEditable(String name) {
        UPAttribute attribute = declared.getAttribute(name);
        return attribute != null
                && attribute.getPermissions() != null
                && attribute.getPermissions().getEdit().contains(UserProfileConstants.ROLE_USER);
    }

    /** What is wrong with the value; empty if nothing is. */
    @SuppressWarnings("unchecked") // The listeners are varargs of a generic type.
    public List<ValidationError> errors(String name) {
        List<ValidationError> errors = new ArrayList<>();
        attributes.validate(name, errors::add);
        return errors;
    }
}
