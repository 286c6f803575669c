package dev.latchkey.api.keycloak;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Keycloak is and who the API is there; see docs/reference/configuration.md.
 *
 * @param realmUrl where the API reaches the realm; may differ from the issuer's address inside a container network
 * @param clientSecret of client {@code resource-api}; empty if the API has none
 */
@ConfigurationProperties("latchkey.keycloak")
public record KeycloakSettings(URI realmUrl, String clientSecret) {

    public static final String CLIENT_ID = "resource-api";
}
