package dev.latchkey.localstack;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Postgres and Keycloak as processes of this machine. */
final class ProcessServers implements Servers {

    private final StackSettings settings;
    private final ChildProcesses children;
    private final Progress progress;
    private volatile @Nullable KeycloakDistribution distribution;

    ProcessServers(StackSettings settings, ChildProcesses children, Progress progress) {
        this.settings = settings;
        this.children = children;
        this.progress = progress;
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        distribution = KeycloakDistribution.prepare(settings, children, progress);
    }

    @Override
    public Postgres startPostgres() throws IOException, InterruptedException {
        return PostgresServer.start(settings, children, progress);
    }

    @Override
    public Keycloak startKeycloak(Postgres postgres) throws InterruptedException {
        return KeycloakServer.start(
                settings, postgres, Objects.requireNonNull(distribution, "prepare first"), children, progress);
    }

    @Override
    public void close() {
        children.close();
    }
}
