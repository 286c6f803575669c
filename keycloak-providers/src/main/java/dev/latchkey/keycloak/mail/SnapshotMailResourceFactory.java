package dev.latchkey.keycloak.mail;

import java.util.Objects;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Puts {@link SnapshotMailResource} at {@code /realms/{realm}/snapshot-mail}. */
public final class SnapshotMailResourceFactory implements RealmResourceProviderFactory {

    private String apiUrl = "";

    @Override
    public String getId() {
        return "snapshot-mail";
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new SnapshotMailResource(session, apiUrl);
    }

    @Override
    public void init(Config.Scope config) {
        apiUrl = DownloadLink.apiUrl(Objects.requireNonNullElse(System.getenv("LATCHKEY_API_URL"), ""));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
