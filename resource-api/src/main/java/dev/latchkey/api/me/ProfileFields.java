package dev.latchkey.api.me;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.latchkey.api.document.Text;
import org.jspecify.annotations.Nullable;

/**
 * What people may change of their own profile. Keycloak holds each to the limits of the realm's user profile; those here keep out what
 * could never be stored.
 */
@JsonIgnoreProperties("owner_id")
record ProfileFields(
        @Nullable @Text(max = 1000) String displayName,
        @Nullable @Text(max = 1000) String industry,
        @Nullable @Text(max = 1000) String jobTitle,
        @Nullable Boolean emailConsent,
        @Nullable Boolean onboardingCompleted) {

    static final ProfileFields NONE = new ProfileFields(null, null, null, null, null);
}
