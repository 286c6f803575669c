package dev.latchkey.localstack;

/** A running Keycloak with our providers in it, wherever it runs. */
public interface Keycloak {

    /** Its address without a path, such as {@code http://localhost:8180}. */
    String url();
}
