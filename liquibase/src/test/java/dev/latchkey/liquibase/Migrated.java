package dev.latchkey.liquibase;

/** One migrated server for all tests that only use the schema, each with owners of its own. It ends with the JVM. */
final class Migrated {

    private static final TestServer SERVER = start();

    private Migrated() {}

    static TestServer server() {
        return SERVER;
    }

    private static TestServer start() {
        TestServer server = TestServer.start();
        server.migrate();
        return server;
    }
}
