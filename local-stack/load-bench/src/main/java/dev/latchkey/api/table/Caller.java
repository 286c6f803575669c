package dev.latchkey.api.table;

import dev.latchkey.api.token.Claims;
import java.util.Objects;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Whom the token of this request speaks for. */
public final class Caller {

    private Caller() {}

    public static String ownerId() {
        var authentication = (JwtAuthenticationToken)
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        return Claims.ownerId(authentication.getToken());
    }
}
