package dev.latchkey.keycloak.owner;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Keycloak's organizations, in which the endpoints of OpenID Connect find one under every alias: where there is none, one that nobody is a
 * member of. Keycloak refuses the scope of an unknown alias before the sign-in, at the authorization endpoint, and that of somebody else's
 * workspace after it, if at all: anybody could ask which workspaces exist. So both take the same way, to {@link OwnerIdMapper}.
 *
 * <p>A proxy, because the interface has forty methods, of which one answers differently.
 */
final class UnknownWorkspaces implements InvocationHandler {

    private static final String ENDPOINTS = "/protocol/openid-connect/";

    private final KeycloakSession session;
    private final OrganizationProvider organizations;

    private UnknownWorkspaces(KeycloakSession session, OrganizationProvider organizations) {
        this.session = session;
        this.organizations = organizations;
    }

    static OrganizationProvider over(OrganizationProvider organizations, KeycloakSession session) {
        return proxy(OrganizationProvider.class, new UnknownWorkspaces(session, organizations));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Object answer;
        try {
            answer = method.invoke(organizations, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
        boolean isUnknown = method.getName().equals("getByAlias")
                && (answer == null || !((OrganizationModel) answer).isEnabled())
                && session.getContext().getUri().getPath().contains(ENDPOINTS);
        return isUnknown ? proxy(OrganizationModel.class, UnknownWorkspaces::nobodys) : answer;
    }

    private static @Nullable Object nobodys(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        Class<?> type = method.getReturnType();
        if (method.getName().equals("isEnabled")) {
            return true;
        }
        if (type == boolean.class) {
            return method.getName().equals("equals") && arguments != null && arguments[0] == proxy;
        }
        if (type == int.class) {
            return System.identityHashCode(proxy);
        }
        if (type == String.class) {
            return "unknown";
        }
        if (type == Stream.class) {
            return Stream.empty();
        }
        return type == Map.class ? Map.of() : null;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(UnknownWorkspaces.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
