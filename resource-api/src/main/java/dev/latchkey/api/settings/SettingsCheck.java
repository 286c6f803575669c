package dev.latchkey.api.settings;

import dev.latchkey.rowsecurity.binding.BindingKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Refuses to start on missing or dangerous settings, before any bean exists, with one sentence that names the variable. */
final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final int KEY_BYTES = 32;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        boolean production = environment.acceptsProfiles(Profiles.of("production"));
        require(environment, "spring.datasource.url", "LATCHKEY_DB_URL", "jdbc:postgresql://localhost:15432/latchkey");
        require(
                environment,
                "spring.datasource.password",
                "LATCHKEY_APP_PASSWORD",
                "the password of role latchkey_app");
        requireBindingKey(environment.getProperty("latchkey.row-security.signing.key", ""));

        String issuer =
                require(environment, "latchkey.issuer", "LATCHKEY_ISSUER", "http://localhost:8180/realms/latchkey");
        URI issuerUri = httpUri(issuer, "LATCHKEY_ISSUER");
        httpUri(environment.getRequiredProperty("latchkey.jwks-uri"), "LATCHKEY_JWKS_URI");
        if (production && !"https".equals(issuerUri.getScheme()) && !LOOPBACK.contains(issuerUri.getHost())) {
            throw new SettingsException("In production the issuer must be https, or on loopback: LATCHKEY_ISSUER is "
                    + shown(issuer) + ".");
        }

        requireApiUrl(environment.getProperty("latchkey.api-url", ""), production);
        requireLength(environment.getProperty("latchkey.dpop-nonce-key", ""), "LATCHKEY_DPOP_NONCE_KEY");
        requireLinks(environment);
        SnapshotStoreCheck.check(environment, production);

        List<String> origins = Arrays.stream(
                        environment.getProperty("latchkey.cors-origins", "").split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .toList();
        if (production && origins.isEmpty()) {
            throw new SettingsException(
                    "In production CORS_ORIGINS must list the origins whose pages may call this API, separated by commas,"
                            + " for example https://app.example.com.");
        }
        origins.forEach(SettingsCheck::requireOrigin);
        if (production) {
            ProductionCheck.check(environment);
        }
    }

    static String require(Environment environment, String property, String variable, String example) {
        String value = environment.getProperty(property);
        if (value == null || value.isBlank()) {
            throw new SettingsException("The variable " + variable + " is not set, for example: " + example + ".");
        }
        return value;
    }

    private static void requireBindingKey(String value) {
        try {
            if (!value.isEmpty()) {
                BindingKey.of(value);
            }
        } catch (IllegalArgumentException e) {
            throw new SettingsException("LATCHKEY_BINDING_KEY is too short. " + e.getMessage() + ".");
        }
    }

    private static void requireApiUrl(String value, boolean production) {
        if (value.isEmpty()) {
            return;
        }
        URI uri = httpUri(value, "LATCHKEY_API_URL");
        if (!value.equals(uri.getScheme() + "://" + uri.getRawAuthority()) || uri.getRawUserInfo() != null) {
            throw new SettingsException(
                    "LATCHKEY_API_URL is scheme, host and perhaps port, without a final slash: it is " + shown(value)
                            + ".");
        }
        if (production && !"https".equals(uri.getScheme()) && !LOOPBACK.contains(uri.getHost())) {
            throw new SettingsException(
                    "In production the API must be reached by https, or on loopback: LATCHKEY_API_URL is " + value
                            + ".");
        }
    }

    private static void requireLength(String value, String variable) {
        if (!value.isEmpty() && value.getBytes(StandardCharsets.UTF_8).length < KEY_BYTES) {
            throw new SettingsException(variable + " is too short: it takes at least " + KEY_BYTES + " bytes.");
        }
    }

    /** Links to snapshots are made for mails, which Keycloak sends for the API's client and which lead to the API. */
    private static void requireLinks(Environment environment) {
        String key = environment.getProperty("latchkey.snapshots.links.key", "");
        requireLength(key, "LATCHKEY_SNAPSHOT_LINK_KEY");
        if (!key.isEmpty()) {
            require(
                    environment,
                    "latchkey.keycloak.client-secret",
                    "RESOURCE_API_CLIENT_SECRET",
                    "the secret of client resource-api, with which LATCHKEY_SNAPSHOT_LINK_KEY makes sense");
        }
    }

    static URI httpUri(String value, String variable) {
        URI uri = parse(value);
        if (uri == null || uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
            throw new SettingsException(variable + " must be an http or https address: it is " + shown(value) + ".");
        }
        return uri;
    }

    /** A scheme, a host and perhaps a port (RFC 6454 §6.2): what a browser sends, so that comparing strings is enough. */
    private static void requireOrigin(String origin) {
        URI uri = parse(origin);
        if (uri == null
                || uri.getHost() == null
                || !origin.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                || uri.getRawUserInfo() != null
                || origin.contains("*")) {
            throw new SettingsException(
                    "CORS_ORIGINS takes exact origins such as https://app.example.com or tauri://localhost,"
                            + " without path or wildcard: " + shown(origin) + " is none.");
        }
    }

    /** An address, without what may be a name and a password in it (RFC 3986 §3.2.1). */
    private static String shown(String address) {
        return address.contains("@") ? "(with an @, so not repeated here)" : address;
    }

    private static @Nullable URI parse(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
