package dev.latchkey.localstack;

import java.io.IOException;

/**
 * How the two servers that are not ours are run: as processes of this machine, or as containers in the test profile that
 * has Docker. Called in the order of the methods, by one thread but for {@link #prepare}.
 */
public interface Servers extends AutoCloseable {

    /** What takes long and needs nothing: runs beside the start of Postgres. */
    void prepare() throws IOException, InterruptedException;

    /** Returns when connections are accepted; the superuser is {@code postgres}. */
    Postgres startPostgres() throws IOException, InterruptedException;

    /** Returns when it is ready at {@link StackSettings#keycloakUrl}; its database exists already. */
    Keycloak startKeycloak(Postgres postgres) throws IOException, InterruptedException;

    @Override
    void close();
}
