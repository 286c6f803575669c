package dev.latchkey.localstack;

/** A running Postgres, wherever it runs. */
public interface Postgres {

    /** The address of a database, such as {@code jdbc:postgresql://localhost:15432/latchkey}. */
    String jdbcUrl(String database);
}
