package dev.latchkey.localstack.container;

import dev.latchkey.localstack.Keycloak;
import dev.latchkey.localstack.Postgres;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.Servers;
import dev.latchkey.localstack.StackSettings;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Runs the two servers in Docker. */
public final class ContainerServers implements Servers {

    private static final String POSTGRES_IMAGE = "postgres:18";

    private final StackSettings settings;
    private @Nullable PostgreSQLContainer postgres;
    private @Nullable HostNetworkKeycloak keycloak;

    public ContainerServers(StackSettings settings) {
        this.settings = settings;
    }

    @Override
    public void prepare() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(
                    "The profile \"containers\" needs a running Docker engine that this user may use, and none answers:"
                            + " start one, or run mvn verify without -Pcontainers.");
        }
    }

    @Override
    public Postgres startPostgres() {
        prepare();
        PostgreSQLContainer container = new PostgreSQLContainer(POSTGRES_IMAGE)
                .withDatabaseName("postgres")
                .withUsername("postgres")
                .withPassword(settings.secrets().superuser());
        postgres = container;
        container.start();
        return database -> "jdbc:postgresql://localhost:%d/%s"
                .formatted(container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), database);
    }

    @Override
    public Keycloak startKeycloak(Postgres database) {
        HostNetworkKeycloak container = new HostNetworkKeycloak(settings)
                .withAdminUsername(Secrets.ADMIN)
                .withAdminPassword(settings.secrets().admin())
                .withEnv("KC_DB", "postgres")
                .withEnv("KC_DB_URL", database.jdbcUrl("keycloak"))
                .withEnv("KC_DB_USERNAME", "keycloak")
                .withEnv("KC_DB_PASSWORD", settings.secrets().keycloakDatabase())
                .withEnv("ACTOR_UID_SECRET", settings.secrets().actorUidSecret())
                .withEnv("LATCHKEY_API_URL", settings.apiUrl());
        keycloak = container;
        container.start();
        return settings::keycloakUrl;
    }

    @Override
    public void close() {
        if (keycloak != null) {
            keycloak.stop();
        }
        if (postgres != null) {
            postgres.stop();
        }
    }
}
