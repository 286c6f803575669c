package dev.latchkey.keycloak.upstream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;

/** What answers at the address to which a provider sends people back: {@link ReturnFromProvider}, in the place of Keycloak's own. */
public class ReturnEndpoint {

    private final ReturnFromProvider returning;

    ReturnEndpoint(ReturnFromProvider returning) {
        this.returning = returning;
    }

    @GET
    public final Response authResponse(
            @QueryParam(OAuth2Constants.STATE) @Nullable String state,
            @QueryParam(OAuth2Constants.CODE) @Nullable String code,
            @QueryParam(OAuth2Constants.ERROR) @Nullable String error) {
        return returning.answer(state, code, error);
    }
}
