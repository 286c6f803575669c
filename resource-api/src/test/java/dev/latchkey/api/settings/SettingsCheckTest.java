package dev.latchkey.api.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.api.ResourceApi;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class SettingsCheckTest {

    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "spring.datasource.url", "jdbc:postgresql://localhost/latchkey",
            "spring.datasource.password", "eVh1c2Vyc293bg",
            "latchkey.issuer", "https://id.example.test/realms/latchkey",
            "latchkey.jwks-uri", "http://keycloak:8080/certs",
            "latchkey.cors-origins", "https://app.example.test"));

    private void check(String... profiles) {
        var context = new GenericApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.getEnvironment().setActiveProfiles(profiles);
        new SettingsCheck().initialize(context);
    }

    @Test
    void whenEverythingIsSet_thenItStarts() {
        assertThatCode(() -> check("production")).doesNotThrowAnyException();
    }

    @Test
    void whenTheNonceKeyIsShort_thenItsVariableIsNamedAndNotItsValue() {
        settings.put("latchkey.dpop-nonce-key", "canary");

        assertThatThrownBy(this::check)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("LATCHKEY_DPOP_NONCE_KEY")
                .hasMessageContaining("at least 32 bytes")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.test/",
                "https://api.example.test/v1",
                "https://user@api.example.test",
                "api.example.test",
                "ftp://api.example.test"
            })
    void whenTheAddressOfTheApiIsNotSchemeHostAndPort_thenItIsRefused(String url) {
        settings.put("latchkey.api-url", url);

        assertThatThrownBy(this::check).hasMessageContaining("LATCHKEY_API_URL");
    }

    @Test
    void whenLinksAreMadeWithAShortKeyOrWithoutAClient_thenTheVariableIsNamed() {
        settings.put("latchkey.snapshots.links.key", "canary");
        assertThatThrownBy(this::check)
                .hasMessageContaining("LATCHKEY_SNAPSHOT_LINK_KEY")
                .hasMessageContaining("at least 32 bytes")
                .hasMessageNotContaining("canary");

        settings.put("latchkey.snapshots.links.key", "c3VjaCBhIGtleSBvZiB0aGlydHktdHdvIGJ5dGVz");
        assertThatThrownBy(this::check).hasMessageContaining("RESOURCE_API_CLIENT_SECRET");

        settings.put("latchkey.keycloak.client-secret", "c29tZSBzZWNyZXQ");
        assertThatCode(() -> check("production")).doesNotThrowAnyException();
        settings.put("latchkey.snapshots.links.key", "local-stack-only-link-key-of-32-bytes");
        assertThatThrownBy(() -> check("production")).hasMessageContaining("LATCHKEY_SNAPSHOT_LINK_KEY");
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey.snapshots.store, ftp, LATCHKEY_SNAPSHOT_STORE",
        "latchkey.snapshots.store, directory, LATCHKEY_SNAPSHOT_S3_BUCKET",
        "latchkey.snapshots.store, '', LATCHKEY_SNAPSHOT_S3_BUCKET",
        "latchkey.snapshots.s3.bucket, '', LATCHKEY_SNAPSHOT_S3_BUCKET",
        "latchkey.snapshots.s3.region, '', LATCHKEY_SNAPSHOT_S3_REGION",
        "latchkey.snapshots.s3.endpoint, s3.example.test, LATCHKEY_SNAPSHOT_S3_ENDPOINT",
        "latchkey.snapshots.s3.endpoint, https://key:canary@s3.example.test, LATCHKEY_SNAPSHOT_S3_ENDPOINT",
        "latchkey.snapshots.s3.endpoint, ftp://key:canary@s3.example.test, LATCHKEY_SNAPSHOT_S3_ENDPOINT",
        "latchkey.snapshots.s3.endpoint, https://key:canary%@s3.example.test, LATCHKEY_SNAPSHOT_S3_ENDPOINT",
        "latchkey.snapshots.s3.endpoint, https://s3.example.test?canary, LATCHKEY_SNAPSHOT_S3_ENDPOINT"
    })
    void whenTheStoreOfSnapshotsIsHalfConfigured_thenTheVariableIsNamed(
            String property, String value, String variable) {
        s3();
        assertThatCode(() -> check("production")).doesNotThrowAnyException();
        settings.put(property, value);

        assertThatThrownBy(this::check)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(variable)
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey.issuer, http://user:canary@id.example.test/realms/latchkey, LATCHKEY_ISSUER",
        "latchkey.jwks-uri, ftp://user:canary@id.example.test/certs, LATCHKEY_JWKS_URI",
        "latchkey.api-url, https://user:canary@api.example.test, LATCHKEY_API_URL",
        "latchkey.cors-origins, https://user:canary@app.example.test, CORS_ORIGINS"
    })
    void whenAnAddressHasASecret_thenItIsNotRepeated(String property, String value, String variable) {
        settings.put(property, value);

        assertThatThrownBy(() -> check("production"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(variable)
                .hasMessageNotContaining("canary");
    }

    @Test
    void whenTheStoreOfSnapshotsIsEmpty_thenItIsTheDefault() {
        settings.put("latchkey.snapshots.store", "");

        assertThatCode(() -> check("production")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"AWS_SECRET_ACCESS_KEY, minioadmin", "aws.secretAccessKey, RustFSadmin"})
    void givenProduction_whenTheSecretOfTheStoreIsPublished_thenItIsRefused(String name, String value) {
        settings.put(name, value);
        assertThatCode(() -> check("production")).doesNotThrowAnyException();
        s3();

        assertThatThrownBy(() -> check("production"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
                .hasMessageNotContaining(value);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void givenProduction_whenArchivesWouldGoByPlainHttp_thenItIsRefused() {
        s3();
        settings.put("latchkey.snapshots.s3.endpoint", "http://s3.example.test");

        assertThatThrownBy(() -> check("production")).hasMessageContaining("LATCHKEY_SNAPSHOT_S3_ENDPOINT");
        assertThatCode(this::check).doesNotThrowAnyException();
        settings.put("latchkey.snapshots.s3.endpoint", "http://localhost:9000");
        assertThatCode(() -> check("production")).doesNotThrowAnyException();
    }

    private void s3() {
        settings.putAll(Map.of(
                "latchkey.snapshots.store", "s3",
                "latchkey.snapshots.s3.bucket", "snapshots",
                "latchkey.snapshots.s3.region", "eu-central-1",
                "latchkey.snapshots.s3.endpoint", "https://s3.example.test/storage"));
    }

    @Test
    void givenProduction_whenThereIsASwaggerUi_thenItIsRefused() {
        settings.put("latchkey.swagger-ui", "/srv/swagger-ui");

        assertThatThrownBy(() -> check("production")).hasMessageContaining("LATCHKEY_SWAGGER_UI");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void givenProduction_whenTheApiIsReachedByPlainHttp_thenItIsRefused() {
        settings.put("latchkey.api-url", "http://api.example.test");

        assertThatThrownBy(() -> check("production")).hasMessageContaining("LATCHKEY_API_URL");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "spring.datasource.url, LATCHKEY_DB_URL",
        "spring.datasource.password, LATCHKEY_APP_PASSWORD",
        "latchkey.issuer, LATCHKEY_ISSUER"
    })
    void whenOneIsMissing_thenItsVariableIsNamed(String property, String variable) {
        settings.put(property, "");

        assertThatThrownBy(this::check).isInstanceOf(SettingsException.class).hasMessageContaining(variable);
    }

    @Test
    void whenTheBindingKeyIsShort_thenItsVariableIsNamedAndNotItsValue() {
        settings.put("latchkey.row-security.signing.key", "canary");

        assertThatThrownBy(this::check)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("LATCHKEY_BINDING_KEY")
                .hasMessageContaining("at least 32 bytes")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ","})
    void givenProduction_whenNoOriginIsListed_thenItIsRefused(String origins) {
        settings.put("latchkey.cors-origins", origins);

        assertThatThrownBy(() -> check("production")).hasMessageContaining("CORS_ORIGINS");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://*.example.test",
                "https://app.example.test/",
                "https://app.example.test/path",
                "app.example.test",
                "https://user@app.example.test",
                "https://ok.example.test, null",
                "https://a b"
            })
    void whenAnOriginIsNotExact_thenItIsRefused(String origins) {
        settings.put("latchkey.cors-origins", origins);

        assertThatThrownBy(this::check).hasMessageContaining("CORS_ORIGINS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example.test/realms/latchkey",
                "http://localhost.evil/realms/latchkey",
                "http://127.0.0.1.evil/x"
            })
    void givenProduction_whenTheIssuerIsPlainHttp_thenItIsRefused(String issuer) {
        settings.put("latchkey.issuer", issuer);

        assertThatThrownBy(() -> check("production")).hasMessageContaining("LATCHKEY_ISSUER");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8180/realms/latchkey", "http://127.0.0.1:8180/x", "http://[::1]:8180/x"})
    void givenProduction_whenTheIssuerIsOnLoopback_thenItStarts(String issuer) {
        settings.put("latchkey.issuer", issuer);

        assertThatCode(() -> check("production")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8180", "ftp://localhost/x", "http:///x", "x y"})
    void whenTheIssuerIsNoAddress_thenItIsRefused(String issuer) {
        settings.put("latchkey.issuer", issuer);

        assertThatThrownBy(this::check).hasMessageContaining("LATCHKEY_ISSUER");
    }

    @ParameterizedTest
    @CsvSource({
        "spring.datasource.password, LATCHKEY_APP_PASSWORD, local-stack-only-app",
        "spring.datasource.password, LATCHKEY_APP_PASSWORD, Postgres",
        "latchkey.row-security.signing.key, LATCHKEY_BINDING_KEY, local-stack-only-binding-key-of-32-bytes",
        "latchkey.keycloak.client-secret, RESOURCE_API_CLIENT_SECRET, local-stack-only-resource-api",
        "latchkey.dpop-nonce-key, LATCHKEY_DPOP_NONCE_KEY, local-stack-only-nonce-key-of-32-bytes-or-more"
    })
    void givenProduction_whenASecretIsPublished_thenItsVariableIsNamedAndNotItsValue(
            String property, String variable, String value) {
        settings.put(property, value);

        assertThatThrownBy(() -> check("production"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(variable)
                .hasMessageNotContaining(value);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey.internal-ops-routes, true, ENABLE_INTERNAL_OPS_ROUTES",
        "latchkey.debug-routes, true, ENABLE_DEBUG_ROUTES",
        "management.endpoints.web.exposure.include, 'health, heapdump', heapdump",
        "management.endpoints.web.exposure.include, *, *"
    })
    void givenProduction_whenAnInternalRouteIsOn_thenItTakesASwitchOfItsOwn(
            String property, String value, String named) {
        settings.put(property, value);

        assertThatThrownBy(() -> check("production"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("ALLOW_INTERNAL_ROUTES_IN_PRODUCTION");
        assertThatCode(this::check).doesNotThrowAnyException();

        settings.put("latchkey.internal-routes-in-production", "no");
        assertThatThrownBy(() -> check("production")).isInstanceOf(SettingsException.class);
        settings.put("latchkey.internal-routes-in-production", "true");
        assertThatCode(() -> check("production")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug", "trace", "spring.jpa.show-sql", "spring.mvc.log-request-details"})
    void givenProduction_whenAFrameworkIsToldToLogValues_thenItIsRefused(String property) {
        settings.put(property, "true");

        assertThatThrownBy(() -> check("production")).hasMessageContaining(property);
        assertThatCode(this::check).doesNotThrowAnyException();

        settings.put(property, "false");
        assertThatCode(() -> check("production")).doesNotThrowAnyException();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whenItIsRefused_thenTheSentenceIsShownWithoutStackTrace(CapturedOutput output) {
        settings.put("latchkey.cors-origins", "");
        var application = new SpringApplicationBuilder(ResourceApi.class).profiles("production");
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);

        assertThatThrownBy(() -> application.run(arguments)).isInstanceOf(SettingsException.class);
        assertThat(output.getAll())
                .contains("In production CORS_ORIGINS must list the origins")
                .doesNotContain("\tat dev.latchkey");
    }
}
