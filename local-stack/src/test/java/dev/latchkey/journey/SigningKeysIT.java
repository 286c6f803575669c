package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;

/** The realm changes its signing key, as a Keycloak admin does it. */
@ExtendWith(RunningStack.class)
class SigningKeysIT {

    private StackSettings settings;
    private Keycloak admin;
    private RealmResource realm;
    private String key;

    @BeforeEach
    void connect(Running running) {
        settings = running.settings();
        admin = Keycloak.getInstance(
                settings.keycloakUrl(),
                "master",
                Secrets.ADMIN,
                settings.secrets().admin(),
                "admin-cli");
        realm = admin.realm("latchkey");
    }

    @AfterEach
    void undo() {
        if (key != null) {
            realm.components().component(key).remove();
        }
        admin.close();
    }

    @Test
    @DisplayName(
            "Given a new key, then the first call with it works and the old key goes on; removed, it is refused as soon as keys are fetched")
    void rotation() throws Exception {
        Tokens before = new CodeFlow(settings).tokens();
        assertThat(me(before.access())).isEqualTo(200);

        key = addKey();
        Tokens after = new CodeFlow(settings).tokens();
        assertThat(kid(after)).isNotEqualTo(kid(before));
        assertThat(me(after.access())).isEqualTo(200);
        assertThat(me(before.access())).isEqualTo(200);

        realm.components().component(key).remove();
        key = null;
        // Five minutes at the latest (IssuerKeysTest); any key that the API does not know has them fetched now.
        assertThat(me(withUnknownKey(after))).isEqualTo(401);

        assertThat(me(after.access())).isEqualTo(401);
        assertThat(me(before.access())).isEqualTo(200);
    }

    private String addKey() {
        ComponentRepresentation component = new ComponentRepresentation();
        component.setName("rotated");
        component.setProviderType("org.keycloak.keys.KeyProvider");
        component.setProviderId("rsa-generated");
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        config.put("priority", List.of("1000"));
        config.put("algorithm", List.of("RS256"));
        component.setConfig(config);
        try (Response created = realm.components().add(component)) {
            return CreatedResponseUtil.getCreatedId(created);
        }
    }

    private int me(String token) {
        return new Api(settings.apiUrl(), token).get("/v1/me").statusCode();
    }

    private static String withUnknownKey(Tokens tokens) {
        return Base64URL.encode("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"unknown\"}")
                + tokens.access().substring(tokens.access().indexOf('.'));
    }

    private static String kid(Tokens tokens) throws Exception {
        return SignedJWT.parse(tokens.access()).getHeader().getKeyID();
    }
}
