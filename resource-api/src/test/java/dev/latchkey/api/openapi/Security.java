package dev.latchkey.api.openapi;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How to come by a token, and how to send it. */
final class Security {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Security() {}

    /** Any one of them does. */
    static ArrayNode requirements() {
        ArrayNode any = NODES.arrayNode();
        List.of("bearer", "dpop", "sign_in", "openid")
                .forEach(name -> any.addObject().putArray(name));
        return any;
    }

    /** @param issuer that of the local stack; others are found at {@code /.well-known/oauth-protected-resource} */
    static ObjectNode schemes(String issuer) {
        ObjectNode schemes = NODES.objectNode();
        schemes.putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT")
                .put("description", "An access token of the realm with audience resource-api");
        schemes.putObject("dpop")
                .put("type", "http")
                .put("scheme", "DPoP")
                .put(
                        "description",
                        "An access token that is bound to a key, with a proof in the header DPoP (RFC 9449)");
        ObjectNode code = schemes.putObject("sign_in")
                .put("type", "oauth2")
                .put("description", "Authorization code with PKCE (S256), of the local stack's realm")
                .putObject("flows")
                .putObject("authorizationCode")
                .put("authorizationUrl", issuer + "/protocol/openid-connect/auth")
                .put("tokenUrl", issuer + "/protocol/openid-connect/token")
                .put("refreshUrl", issuer + "/protocol/openid-connect/token");
        code.putObject("scopes").put("openid", "Who signs in");
        schemes.putObject("openid")
                .put("type", "openIdConnect")
                .put("openIdConnectUrl", issuer + "/.well-known/openid-configuration")
                .put(
                        "description",
                        "The local stack's realm; another's is named at /.well-known/oauth-protected-resource");
        return schemes;
    }
}
