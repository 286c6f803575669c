/** Postgres and Keycloak as containers, so that the same integration tests run on the images that {@code docker-compose.yml} names. */
@NullMarked
package dev.latchkey.localstack.container;

import org.jspecify.annotations.NullMarked;
