package dev.latchkey.keycloak.upstream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;

/** As {@link ReturnEndpoint}, and where people come back after signing out at the provider, which is left to Keycloak. */
public final class GoogleReturnEndpoint extends ReturnEndpoint {

    private final Function<@Nullable String, Response> signedOut;

    GoogleReturnEndpoint(ReturnFromProvider returning, Function<@Nullable String, Response> signedOut) {
        super(returning);
        this.signedOut = signedOut;
    }

    @GET
    @Path("logout_response")
    public Response logoutResponse(@QueryParam(OAuth2Constants.STATE) @Nullable String state) {
        return signedOut.apply(state);
    }
}
