package dev.latchkey.api.settings;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The API's own settings, see docs/reference/configuration.md. {@link SettingsCheck} has refused bad ones before.
 *
 * @param issuer exactly as it stands in tokens
 * @param jwksUri where the issuer's keys are fetched; may differ from the issuer's address inside a container network
 * @param corsOrigins exact origins whose pages may call the API
 * @param apiUrl {@code scheme://host[:port]} under which callers reach the API; empty if that was not said
 */
@ConfigurationProperties("latchkey")
public record ApiSettings(String issuer, URI jwksUri, List<String> corsOrigins, String apiUrl) {

    /** {@code scheme://host[:port]} of the issuer, as a Content-Security-Policy names it. */
    public String issuerOrigin() {
        URI uri = URI.create(issuer);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
