package dev.latchkey.keycloak.profile;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.validate.ValidationError;

/**
 * {@code PATCH /realms/{realm}/profile}: changes what the bearer of an access token for the API may change of their own profile, and
 * answers all of it. Takes tokens whose only audience is the API: with audience {@code account}, which Keycloak's account API asks for, any
 * API that is sent such a token could take over the account.
 */
public final class ProfileResource implements RealmResourceProvider {

    private static final String AUDIENCE = "resource-api";

    /** Said by the application and on no form: the user profile lets only administrators edit it. */
    private static final String ONBOARDED = "onboarding_completed";

    private final KeycloakSession session;

    ProfileResource(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        return this;
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Produces(MediaType.APPLICATION_JSON)
    public Response change(@Nullable Map<String, @Nullable Object> patch) {
        KeycloakContext caller = session.getContext();
        if (!isAuthenticated(caller)) {
            return answer(Response.Status.UNAUTHORIZED, Map.of("error", "invalid_token"));
        }
        UserModel person = caller.getUserSession().getUser();
        if (person.getServiceAccountClientLink() != null) {
            return answer(Response.Status.FORBIDDEN, Map.of("error", "access_denied"));
        }
        ProfileChange change;
        try {
            change = ProfileChange.of(patch == null ? Map.of() : patch);
        } catch (ProfileRefusedException e) {
            return refused(List.of(error(e.field(), e.code())));
        }
        List<Map<String, Object>> errors = errors(person, change);
        if (!errors.isEmpty()) {
            return refused(errors);
        }
        change.values().forEach((name, values) -> set(person, name, values));
        new EventBuilder(caller.getRealm(), session, caller.getConnection())
                .event(EventType.UPDATE_PROFILE)
                .client(caller.getClient())
                .session(caller.getUserSession())
                .user(person)
                .success();
        return answer(Response.Status.OK, profile(person));
    }

    /** Keycloak leaves what it has found in its context; what it answers is of another type in 26.4. */
    private boolean isAuthenticated(KeycloakContext caller) {
        return new AppAuthManager.BearerTokenAuthenticator(session)
                                .setAudience(AUDIENCE)
                                .authenticate()
                        != null
                && caller.getBearerToken() instanceof AccessToken token
                && List.of(AUDIENCE).equals(List.of(token.getAudience()));
    }

    private List<Map<String, Object>> errors(UserModel person, ProfileChange change) {
        OwnProfile profile = new OwnProfile(session, change.values(), person);
        List<Map<String, Object>> errors = new ArrayList<>();
        for (String name : change.values().keySet()) {
            if (profile.isEditable(name) || (name.equals(ONBOARDED) && profile.isDeclared(name))) {
                profile.errors(name).forEach(problem -> errors.add(error(name, problem)));
            } else {
                errors.add(error(name, "unknown"));
            }
        }
        return errors;
    }

    private static void set(UserModel person, String name, List<String> values) {
        if (values.stream().allMatch(String::isBlank)) {
            person.removeAttribute(name);
        } else {
            person.setAttribute(name, values);
        }
    }

    private static Map<String, Object> profile(UserModel person) {
        Map<String, Object> profile = new TreeMap<>();
        ProfileChange.TEXTS.forEach(name -> put(profile, name, person.getFirstAttribute(name)));
        ProfileChange.SWITCHES.forEach(name -> {
            String value = person.getFirstAttribute(name);
            put(profile, name, value == null ? null : Boolean.valueOf(value));
        });
        return profile;
    }

    private static void put(Map<String, Object> profile, String name, @Nullable Object value) {
        if (value != null) {
            profile.put(name, value);
        }
    }

    private static Map<String, Object> error(String field, String code) {
        return Map.of("field", field, "code", code);
    }

    /** The code is Keycloak's message key, of whose parameters the last is the limit if there is one. */
    private static Map<String, Object> error(String field, ValidationError problem) {
        Map<String, Object> error = new TreeMap<>(error(field, problem.getMessage()));
        Object[] parameters = problem.getMessageParameters();
        if (parameters != null && parameters.length > 0 && parameters[parameters.length - 1] instanceof Integer limit) {
            error.put("limit", limit);
        }
        return error;
    }

    private static Response refused(List<Map<String, Object>> errors) {
        return answer(Response.Status.BAD_REQUEST, Map.of("errors", errors));
    }

    /** The media type is said here, because Keycloak turns an error without one into a 500. */
    private static Response answer(Response.Status status, Map<String, ?> body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(body)
                .build();
    }

    @Override
    public void close() {}
}
